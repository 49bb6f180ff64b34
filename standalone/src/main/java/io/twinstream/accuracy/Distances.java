package io.twinstream.accuracy;

/** How often each distance was seen, in bits. Written by one thread. */
public final class Distances {
  private final long[] counts;
  private long total;

  /**
   * Nothing seen yet.
   *
   * @param bits the width of codes; one more stands for what is never found
   */
  public Distances(int bits) {
    counts = new long[bits + 2];
  }

  /** One that was seen so many times. */
  public void add(int distance, long times) {
    counts[distance] += times;
    total += times;
  }

  /** How often. */
  public long count(int distance) {
    return counts[distance];
  }

  /** All together. */
  public long total() {
    return total;
  }

  /** The width of the codes. */
  public int bits() {
    return counts.length - 2;
  }

  /** How many were no farther. */
  public long within(int radius) {
    long within = 0;
    for (int distance = 0; distance <= Math.min(radius, bits()); distance++) {
      within += counts[distance];
    }
    return within;
  }

  /** The share that was no farther, 0 to 1; 0 if there are none. */
  public double shareWithin(int radius) {
    return total == 0 ? 0 : (double) within(radius) / total;
  }

  /** The widest radius within which there are at most so many; -1 if there is none. */
  public int widest(long most) {
    long within = 0;
    for (int radius = 0; radius <= bits(); radius++) {
      within += counts[radius];
      if (within > most) {
        return radius - 1;
      }
    }
    return bits();
  }
}
