package io.twinstream.ingest;

import java.util.zip.CRC32C;

/**
 * The part of a source that one of several tasks reads. Each place of a source falls to exactly one
 * of them, by its name alone: on every machine, in every process and in every pass to the same.
 *
 * @param task which task, from 0
 * @param tasks how many there are, 1 or more
 */
public record Share(int task, int tasks) {
  /** Of the only task. */
  public static final Share WHOLE = new Share(0, 1);

  /** 2^64 divided by the golden ratio: spreads the sums of names that differ in a digit. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  public Share {
    if (task < 0 || task >= tasks) {
      throw new IllegalArgumentException(
          "there is no task %d of %d; they count from 0".formatted(task, tasks));
    }
  }

  /** Whether there is but one task. */
  public boolean isWhole() {
    return tasks == 1;
  }

  /** Whether the place with this name is part of it. */
  public boolean has(byte[] name) {
    if (isWhole()) {
      return true;
    }
    CRC32C sum = new CRC32C();
    sum.update(name);
    return ((sum.getValue() * SPREAD) >>> 32) % tasks == task;
  }
}
