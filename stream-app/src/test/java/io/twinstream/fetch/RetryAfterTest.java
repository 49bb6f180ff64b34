package io.twinstream.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("1994-11-06T08:49:37Z");

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "7,7",
    "' 7 ',7",
    "007,7",
    "600,600",
    "601,600",
    "86400,600",
    "9223372036854775807,600",
    "9223372036854775808,600",
    "99999999999999999999999999999999,600"
  })
  void secondsAreGrantedUpToTenMinutes(String header, long seconds) {
    assertThat(RetryAfter.parse(header, NOW)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Sun, 06 Nov 1994 08:49:37 GMT|0",
        "Sun, 06 Nov 1994 08:49:38 GMT|1",
        "Sun, 06 Nov 1994 08:59:37 GMT|600",
        "Sun, 06 Nov 1994 08:59:38 GMT|600",
        "Mon, 06 Nov 2034 08:49:37 GMT|600",
        "Sun, 06 Nov 1994 08:49:36 GMT|0",
        "Sat, 06 Nov 1993 08:49:37 GMT|0"
      })
  void datesAreGrantedUpToTenMinutesAndThePastIsNow(String header, long seconds) {
    assertThat(RetryAfter.parse(header, NOW)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {" ", "soon", "-5", "1.5", "5s", "Tue, 06 Nov 1994 08:49:37 GMT", "٣"})
  void whatCannotBeReadIsNoWish(String header) {
    assertThat(RetryAfter.parse(header, NOW)).isZero();
  }
}
