package io.twinstream.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.fetch.FetchOutcome.Failed;
import io.twinstream.schema.FailureReason;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  private static final RetryPolicy POLICY = RetryPolicy.DEFAULT;
  private static final Failed PASSING = new Failed(FailureReason.TIMEOUT, "silence");

  /** As large as is asked for. */
  private static final RandomGenerator LONGEST =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          throw new UnsupportedOperationException("only bounded numbers are asked for");
        }

        @Override
        public long nextLong(long bound) {
          return bound - 1;
        }
      };

  @Test
  void theLongestWaitDoublesUpToItsCap() {
    RetryPolicy patient = new RetryPolicy(100, Duration.ofSeconds(1), Duration.ofSeconds(60));

    assertThat(patient.delay(PASSING, 1, LONGEST)).contains(Duration.ofSeconds(1));
    assertThat(patient.delay(PASSING, 2, LONGEST)).contains(Duration.ofSeconds(2));
    assertThat(patient.delay(PASSING, 6, LONGEST)).contains(Duration.ofSeconds(32));
    assertThat(patient.delay(PASSING, 7, LONGEST)).contains(Duration.ofSeconds(60));
    assertThat(patient.delay(PASSING, 99, LONGEST)).contains(Duration.ofSeconds(60));
  }

  @Property
  void everyWaitLiesBetweenZeroAndItsBound(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int attempts) {
    Duration wait = POLICY.delay(PASSING, attempts, new SplittableRandom(seed)).orElseThrow();

    assertThat(wait).isBetween(Duration.ZERO, Duration.ofSeconds(1L << (attempts - 1)));
  }

  @Test
  void theJitterIsFull() {
    RandomGenerator random = new SplittableRandom(1);

    assertThat(
            random
                .ints(1000)
                .mapToLong(i -> POLICY.delay(PASSING, 1, random).orElseThrow().toMillis())
                .summaryStatistics())
        .satisfies(waits -> {
          assertThat(waits.getMin()).isLessThan(50);
          assertThat(waits.getMax()).isGreaterThan(950);
          assertThat(waits.getAverage()).isBetween(400.0, 600.0);
        });
  }

  @Test
  void fourTriesAreAll() {
    assertThat(POLICY.delay(PASSING, 3, LONGEST)).isPresent();
    assertThat(POLICY.delay(PASSING, 4, LONGEST)).isEmpty();
    assertThat(POLICY.delay(PASSING, 5, LONGEST)).isEmpty();
  }

  @Test
  void whatAnotherTryWouldNotChangeIsNotTriedAgain() {
    Failed lasting = new Failed(FailureReason.NOT_FOUND, "gone");

    assertThat(POLICY.delay(lasting, 1, LONGEST)).isEmpty();
  }

  @Test
  void theServersWishIsTheLeastWait() {
    Failed later = new Failed(FailureReason.HTTP_STATUS, "busy", 503, Duration.ofSeconds(90));

    assertThat(POLICY.delay(later, 1, LONGEST)).contains(Duration.ofSeconds(90));
  }
}
