package io.twinstream.ingest;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Counts the nanoseconds that a test lets pass. */
public final class MovedClock implements LongSupplier {
  /** It overflows soon, as a counter of nanoseconds may. */
  private long now = Long.MAX_VALUE - 1_000;

  /** Lets time pass. */
  public void move(Duration duration) {
    now += duration.toNanos();
  }

  @Override
  public long getAsLong() {
    return now;
  }
}
