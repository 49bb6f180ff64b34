package io.twinstream.politeness;

import java.time.Duration;

/**
 * When a host is left alone.
 *
 * @param failures so many failures of the host in a row open its circuit breaker, 1 or more
 * @param first how long it stays open at first, until one request may try again; each time that
 *     this one fails, it doubles
 * @param longest the longest that it stays open
 */
public record BreakerPolicy(int failures, Duration first, Duration longest) {
  /** Five failures, 5 s to 5 min. */
  public static final BreakerPolicy DEFAULT =
      new BreakerPolicy(5, Duration.ofSeconds(5), Duration.ofMinutes(5));
}
