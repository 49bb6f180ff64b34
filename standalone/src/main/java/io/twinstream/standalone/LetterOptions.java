package io.twinstream.standalone;

import io.twinstream.standalone.operate.LetterChoice;
import io.twinstream.standalone.operate.LetterPlace;
import java.time.Instant;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which dead letters. */
final class LetterOptions {
  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "",
      description =
          "Only those whose reason, or the class of whose exception, contains this text, whatever"
              + " the case.")
  private String reason;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only those that were written then or later, for example 2026-05-04T10:20:30Z.")
  private Instant since = Instant.EPOCH;

  LetterChoice choice(Set<LetterPlace> places) {
    return new LetterChoice(reason, since, places);
  }
}
