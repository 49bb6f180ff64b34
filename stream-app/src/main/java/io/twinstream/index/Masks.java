package io.twinstream.index;

/** All numbers of some width in bits, by how many bits they have set. */
final class Masks {
  private static final Masks[] OF_WIDTH = new Masks[Cut.MAX_WIDTH + 1];

  private final int[] masks;
  private final int[] ends;

  private Masks(int width) {
    masks = new int[1 << width];
    ends = new int[width + 1];
    int size = 0;
    for (int ones = 0; ones <= width; ones++) {
      for (int mask = 0; mask < masks.length; mask++) {
        if (Integer.bitCount(mask) == ones) {
          masks[size++] = mask;
        }
      }
      ends[ones] = size;
    }
  }

  /** Shared by all indexes and made when first needed. May be called from any thread. */
  static Masks of(int width) {
    synchronized (OF_WIDTH) {
      if (OF_WIDTH[width] == null) {
        OF_WIDTH[width] = new Masks(width);
      }
      return OF_WIDTH[width];
    }
  }

  /** All of them; not to be changed. */
  int[] all() {
    return masks;
  }

  /** Where those with so many bits begin. */
  int from(int ones) {
    return ones == 0 ? 0 : ends[ones - 1];
  }

  /** Where they end. */
  int to(int ones) {
    return ends[ones];
  }
}
