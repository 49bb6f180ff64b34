package io.twinstream.fetch;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** The {@code Retry-After} header of RFC 9110, section 10.2.3. */
final class RetryAfter {
  /** The longest wait that a server is granted. */
  static final Duration MAX = Duration.ofMinutes(10);

  private RetryAfter() {}

  /** How long to wait from now, zero to {@link #MAX}; zero where the header can't be read. */
  static Duration parse(String header, Instant now) {
    if (header == null) {
      return Duration.ZERO;
    }
    String text = header.strip();
    try {
      Duration wait =
          text.chars().allMatch(c -> c >= '0' && c <= '9')
              ? Duration.ofSeconds(Long.parseLong(text))
              : Duration.between(
                  now, ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      return wait.isNegative() ? Duration.ZERO : wait.compareTo(MAX) > 0 ? MAX : wait;
    } catch (DateTimeException | NumberFormatException e) {
      return Duration.ZERO;
    }
  }
}
