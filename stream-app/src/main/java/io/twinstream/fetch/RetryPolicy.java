package io.twinstream.fetch;

import io.twinstream.fetch.FetchOutcome.Failed;
import io.twinstream.schema.FailureReason;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When to try again: exponential back-off with full jitter (Brooker, "Exponential Backoff And
 * Jitter", AWS Architecture Blog 2015).
 *
 * @param tries how often a source is tried in all, 1 or more
 * @param base the upper bound of the first wait
 * @param cap the upper bound of every wait
 */
public record RetryPolicy(int tries, Duration base, Duration cap) {
  /** 4 tries, 1 to 60 s. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(4, Duration.ofSeconds(1), Duration.ofSeconds(60));

  /**
   * How long to wait before the next try.
   *
   * @param attempts how often it was tried so far, 1 or more
   * @return empty if it is not to be tried again
   */
  public Optional<Duration> delay(Failed failure, int attempts, RandomGenerator random) {
    if (failure.retry() != FailureReason.Retry.BY_ITSELF || attempts >= tries) {
      return Optional.empty();
    }
    long bound = Math.min(cap.toMillis(), base.toMillis() << Math.min(attempts - 1, 30));
    Duration wait = Duration.ofMillis(random.nextLong(bound + 1));
    return Optional.of(wait.compareTo(failure.notBefore()) < 0 ? failure.notBefore() : wait);
  }
}
