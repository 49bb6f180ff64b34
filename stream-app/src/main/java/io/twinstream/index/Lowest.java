package io.twinstream.index;

import java.util.Arrays;

/** The lowest of many positions: takes all, and from time to time forgets the higher ones. */
final class Lowest {
  private final int limit;
  private long[] positions = new long[16];
  private int size;
  private long count;

  Lowest(int limit) {
    this.limit = limit;
  }

  void add(long position) {
    if (size == positions.length) {
      if (size >= 2L * limit) {
        cut();
      } else {
        positions = Arrays.copyOf(positions, 2 * size);
      }
    }
    positions[size++] = position;
  }

  void addCount(long more) {
    count += more;
  }

  /** How many there were, as far as they were counted. */
  long count() {
    return count;
  }

  /** The highest of the lowest, or -1 if there is none. */
  long highest() {
    cut();
    return size == 0 ? -1 : positions[size - 1];
  }

  private void cut() {
    Arrays.sort(positions, 0, size);
    size = Math.min(size, limit);
  }
}
