package io.twinstream.fetch;

import java.time.Duration;

/** A token bucket over bytes, with room for a quarter of a second. Thread-safe. */
final class ByteRate {
  private static final double BURST_SECONDS = 0.25;

  private final double nanosPerByte;
  private boolean started;

  /** When all that was taken so far is paid for, on the clock of the callers. */
  private long paidAt;

  /** So many bytes a second. */
  ByteRate(long bytesPerSecond) {
    nanosPerByte = bytesPerSecond == FetchLimits.UNBOUNDED ? 0 : 1e9 / bytesPerSecond;
  }

  /**
   * Takes bytes that were read already.
   *
   * @param now of a clock that only goes forward, in nanoseconds
   * @return how long to wait before more are read
   */
  Duration take(long bytes, long now) {
    return nanosPerByte == 0 ? Duration.ZERO : Duration.ofNanos(reserve(bytes, now));
  }

  private synchronized long reserve(long bytes, long now) {
    long earliest = now - (long) (BURST_SECONDS * 1e9);
    if (!started || paidAt - earliest < 0) {
      started = true;
      paidAt = earliest;
    }
    paidAt += (long) (bytes * nanosPerByte);
    return Math.max(0, paidAt - now);
  }
}
