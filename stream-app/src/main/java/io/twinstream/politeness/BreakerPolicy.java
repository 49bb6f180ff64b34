package io.twinstream.politeness;

import java.time.Duration;

/**
 * When a host is left alone.
 *
 * @param failures so many failures of the host in a row open its circuit breaker, 1 or more
 * @param first how long it stays open at first, until as many requests may try again, one after the
 *     other; each time that they all fail, it doubles
 * @param longest the longest that it stays open
 */
public record BreakerPolicy(int failures, Duration first, Duration longest) {
  /** Five failures, 5 s to 5 min. */
  public static final BreakerPolicy DEFAULT =
      new BreakerPolicy(5, Duration.ofSeconds(5), Duration.ofMinutes(5));
}
