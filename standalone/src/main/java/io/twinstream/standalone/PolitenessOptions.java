package io.twinstream.standalone;

import io.twinstream.app.StreamSettings;
import io.twinstream.politeness.HostLimits;
import io.twinstream.standalone.engine.RefusedException;
import picocli.CommandLine.Option;

/** How much is asked at a time: the same options for all commands that fetch. */
final class PolitenessOptions {
  /** More often than a processor could say it. */
  private static final double MAX_RATE = 1e6;

  @Option(
      names = "--host-rate",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Requests to one host in a second, by this instance; 0.5 is one in two seconds. Default:"
              + " 0, which sets no such bound.")
  private double hostRate;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      defaultValue = "" + StreamSettings.DEFAULT_IN_FLIGHT,
      description =
          "Downloads at a time, from all hosts together, by this instance. Default:"
              + " ${DEFAULT-VALUE}.")
  private int inFlight;

  /** What each host is asked for at most. */
  HostLimits hosts(int perHost) {
    if (perHost < 1) {
      throw new RefusedException("--per-host is 1 or more, not " + perHost);
    }
    if (!(hostRate >= 0 && hostRate <= MAX_RATE)) {
      throw new RefusedException(
          "--host-rate is 0 to %,.0f requests a second, not %s".formatted(MAX_RATE, hostRate));
    }
    return new HostLimits(perHost, hostRate, HostLimits.DEFAULT.breaker());
  }

  /** Downloads at a time, from all hosts together. */
  int inFlight() {
    if (inFlight < 1) {
      throw new RefusedException("--in-flight is 1 or more, not " + inFlight);
    }
    return inFlight;
  }
}
