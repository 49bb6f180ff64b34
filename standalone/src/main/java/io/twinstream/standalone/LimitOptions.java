package io.twinstream.standalone;

import io.twinstream.fetch.FetchLimits;
import io.twinstream.standalone.engine.RefusedException;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What one download may take: the same options for all commands that fetch. */
final class LimitOptions {
  private static final int MAX_SECONDS = 3_600;
  private static final int MAX_REDIRECTS = 20;

  @Option(
      names = "--connect-timeout",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description =
          "How long it may take until a connection stands and is secured. Default:"
              + " ${DEFAULT-VALUE}.")
  private int connect;

  @Option(
      names = "--idle-timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description =
          "How long a server may be silent, and take for the head of its answer. Default:"
              + " ${DEFAULT-VALUE}.")
  private int idle;

  @Option(
      names = "--total-timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long one download may take in all. Default: ${DEFAULT-VALUE}.")
  private int total;

  @Option(
      names = "--max-bytes",
      paramLabel = "N",
      defaultValue = "20000000",
      description = "Larger downloads are refused, counted unpacked. Default: ${DEFAULT-VALUE}.")
  private long bytes;

  @Option(
      names = "--max-redirects",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many redirects are followed. Default: ${DEFAULT-VALUE}.")
  private int redirects;

  /** What one fetch may take. */
  FetchLimits limits() {
    if (redirects < 0 || redirects > MAX_REDIRECTS) {
      throw new RefusedException(
          "--max-redirects is 0 to %s, not %s".formatted(MAX_REDIRECTS, redirects));
    } else if (bytes < 1) {
      throw new RefusedException("--max-bytes is 1 or more, not " + bytes);
    }
    FetchLimits usual = FetchLimits.DEFAULT;
    Duration silence = seconds("--idle-timeout", idle);
    try {
      return new FetchLimits(
          usual.lookup(),
          seconds("--connect-timeout", connect),
          silence,
          silence,
          seconds("--total-timeout", total),
          usual.leastRate(),
          usual.grace(),
          bytes,
          usual.fileBytes(),
          redirects,
          usual.allBytesPerSecond());
    } catch (IllegalArgumentException e) {
      throw new RefusedException("--max-bytes: " + e.getMessage());
    }
  }

  private static Duration seconds(String option, int seconds) {
    if (seconds < 1 || seconds > MAX_SECONDS) {
      throw new RefusedException(
          "%s is 1 to %s seconds, not %s".formatted(option, MAX_SECONDS, seconds));
    }
    return Duration.ofSeconds(seconds);
  }
}
