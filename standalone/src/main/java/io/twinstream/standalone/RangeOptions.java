package io.twinstream.standalone;

import io.twinstream.standalone.engine.RefusedException;
import io.twinstream.standalone.replay.LogRange;
import java.time.Instant;
import picocli.CommandLine.Option;

/** Which part of the fingerprint log is judged. */
final class RangeOptions {
  @Option(names = "--collection", paramLabel = "NAME", description = "Only this collection.")
  private String collection;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description =
          "Judge only images whose events came then or later, for example 2026-05-04T10:20:30Z;"
              + " they are matched against older ones, too.")
  private Instant from;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "As if no event had come then or later.")
  private Instant until;

  /**
   * The range.
   *
   * @throws RefusedException if nothing can be in it
   */
  LogRange range() {
    if (from != null && until != null && !from.isBefore(until)) {
      throw new RefusedException("--from has to be before --until");
    }
    return new LogRange(collection == null ? "" : collection, from, until);
  }
}
