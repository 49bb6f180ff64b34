package io.twinstream.standalone;

import io.twinstream.app.StreamSettings;
import io.twinstream.fetch.RetryPolicy;
import io.twinstream.politeness.BreakerPolicy;
import io.twinstream.politeness.HostLimits;
import io.twinstream.standalone.engine.RefusedException;
import java.time.Duration;
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

  @Option(
      names = "--tries",
      paramLabel = "N",
      defaultValue = "4",
      description =
          "How often an image is tried in all, if it fails for a reason that can pass. Default:"
              + " ${DEFAULT-VALUE}.")
  private int tries;

  @Option(
      names = "--retry-wait",
      paramLabel = "SECONDS",
      defaultValue = "1",
      description =
          "How long to wait at most before the second try; before each further one twice as long,"
              + " up to a minute. Default: ${DEFAULT-VALUE}.")
  private int retryWait;

  @Option(
      names = "--breaker-failures",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "After so many failures in a row a host is left alone for a while. Default:"
              + " ${DEFAULT-VALUE}.")
  private int breakerFailures;

  /** When to try again. */
  RetryPolicy retry() {
    atLeastOne("--tries", tries);
    Duration cap = RetryPolicy.DEFAULT.cap();
    if (retryWait < 0 || retryWait > cap.toSeconds()) {
      throw new RefusedException(
          "--retry-wait is 0 to %s seconds, not %s".formatted(cap.toSeconds(), retryWait));
    }
    return new RetryPolicy(tries, Duration.ofSeconds(retryWait), cap);
  }

  private static void atLeastOne(String option, int value) {
    if (value < 1) {
      throw new RefusedException("%s is 1 or more, not %s".formatted(option, value));
    }
  }

  /** What each host is asked for at most. */
  HostLimits hosts(int perHost) {
    if (perHost < 1) {
      throw new RefusedException("--per-host is 1 or more, not " + perHost);
    }
    if (!(hostRate >= 0 && hostRate <= MAX_RATE)) {
      throw new RefusedException(
          "--host-rate is 0 to %,.0f requests a second, not %s".formatted(MAX_RATE, hostRate));
    }
    atLeastOne("--breaker-failures", breakerFailures);
    BreakerPolicy usual = BreakerPolicy.DEFAULT;
    return new HostLimits(
        perHost, hostRate, new BreakerPolicy(breakerFailures, usual.first(), usual.longest()));
  }

  /** Downloads at a time, from all hosts together. */
  int inFlight() {
    if (inFlight < 1) {
      throw new RefusedException("--in-flight is 1 or more, not " + inFlight);
    }
    return inFlight;
  }
}
