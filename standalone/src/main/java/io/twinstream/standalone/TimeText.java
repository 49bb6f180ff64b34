package io.twinstream.standalone;

import java.time.Duration;

/** Spans of time for a person. */
final class TimeText {
  private TimeText() {}

  /** To the second below an hour, to the minute below a day, then to the hour. */
  static String of(Duration span) {
    Duration positive = span.isNegative() ? Duration.ZERO : span;
    if (positive.toDays() > 0) {
      return "%d d %02d h".formatted(positive.toDays(), positive.toHoursPart());
    } else if (positive.toHours() > 0) {
      return "%d h %02d min".formatted(positive.toHours(), positive.toMinutesPart());
    } else if (positive.toMinutes() > 0) {
      return "%d min %02d s".formatted(positive.toMinutes(), positive.toSecondsPart());
    }
    return positive.toSeconds() + " s";
  }
}
