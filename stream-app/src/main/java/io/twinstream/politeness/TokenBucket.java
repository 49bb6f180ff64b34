package io.twinstream.politeness;

/**
 * So many a second, as the generic cell rate algorithm counts it (ITU-T I.371): one number, the
 * time at which the next would be due at an even pace. What was saved up is worth one second. For
 * one thread at a time.
 */
final class TokenBucket {
  private static final double SECOND = 1000;

  private final double interval;
  private double due;

  /**
   * @param perSecond 0 for no bound
   */
  TokenBucket(double perSecond) {
    interval = perSecond == 0 ? 0 : SECOND / perSecond;
  }

  /**
   * When the next may be taken.
   *
   * @param now ms since the epoch
   * @return now or earlier if at once
   */
  long readyAt(long now) {
    // A clock that was set back must not stop everything until it has caught up.
    due = Math.min(due, (double) now + SECOND + interval);
    return (long) Math.ceil(due - Math.max(0, SECOND - interval));
  }

  void take(long now) {
    due = Math.max(due, (double) now) + interval;
  }

  boolean isFull(long now) {
    return due <= (double) now;
  }
}
