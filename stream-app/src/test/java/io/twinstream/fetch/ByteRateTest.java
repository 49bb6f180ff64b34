package io.twinstream.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ByteRateTest {
  private static final long SECOND = 1_000_000_000;

  private final ByteRate rate = new ByteRate(1_000);

  @Test
  void aQuarterOfASecondIsFreeAndTheRestIsWaitedFor() {
    assertThat(rate.take(250, 0)).isZero();
    assertThat(rate.take(100, 0)).isEqualTo(Duration.ofMillis(100));
    assertThat(rate.take(1_000, 0)).isEqualTo(Duration.ofMillis(1_100));
  }

  @Test
  void timeThatPassesPays() {
    assertThat(rate.take(1_250, 0)).isEqualTo(Duration.ofSeconds(1));
    assertThat(rate.take(0, SECOND / 2)).isEqualTo(Duration.ofMillis(500));
    assertThat(rate.take(0, SECOND)).isZero();
  }

  @Test
  void whatWasNotUsedIsNotSaved() {
    assertThat(rate.take(1, 0)).isZero();
    assertThat(rate.take(1_250, 100 * SECOND)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void itsClockMayStandAnywhere() {
    long now = Long.MAX_VALUE - 10;

    assertThat(rate.take(250, now)).isZero();
    assertThat(rate.take(1_000, now)).isEqualTo(Duration.ofSeconds(1));
    assertThat(rate.take(0, now + SECOND)).isZero();
  }

  @Test
  void withoutABoundNobodyWaits() {
    assertThat(new ByteRate(FetchLimits.UNBOUNDED).take(Long.MAX_VALUE, 0)).isZero();
  }
}
