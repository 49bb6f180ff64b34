package io.twinstream.fetch;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** The {@code Retry-After} header of RFC 9110, section 10.2.3. */
final class RetryAfter {
  /** The longest wait that a server is granted. */
  static final Duration MAX = Duration.ofMinutes(10);

  private static final BigInteger MAX_SECONDS = BigInteger.valueOf(MAX.toSeconds());
  private static final Pattern SECONDS = Pattern.compile("[0-9]+");

  private RetryAfter() {}

  /** How long to wait from now, zero to {@link #MAX}; zero where the header can't be read. */
  static Duration parse(String header, Instant now) {
    if (header == null) {
      return Duration.ZERO;
    }
    String text = header.strip();
    try {
      Duration wait =
          SECONDS.matcher(text).matches()
              ? Duration.ofSeconds(new BigInteger(text).min(MAX_SECONDS).longValue())
              : Duration.between(
                  now, ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      return wait.isNegative() ? Duration.ZERO : wait.compareTo(MAX) > 0 ? MAX : wait;
    } catch (DateTimeException e) {
      return Duration.ZERO;
    }
  }
}
