package io.twinstream.index;

import java.util.Arrays;
import java.util.BitSet;

/** The positions of each code, by its number: one as a rule, a sorted list where it is shared. */
final class Positions {
  private static final int CHUNK = 4096;
  private static final int CHUNK_SHIFT = Integer.numberOfTrailingZeros(CHUNK);
  private static final long NONE = -1;

  // A position; or NONE; or -2 less the number of a list.
  private long[][] chunks = {};
  private long[][] lists = {};
  private int[] sizes = {};
  private final BitSet freeLists = new BitSet();
  private int used;
  private int hot;

  /**
   * Gives a number that has no position its first one; it is at most one higher than any before.
   */
  void put(int id, long position) {
    int chunk = id >>> CHUNK_SHIFT;
    int within = id & (CHUNK - 1);
    if (chunk == chunks.length) {
      chunks = Arrays.copyOf(chunks, chunk + 1);
      chunks[chunk] = new long[chunk == 0 ? 8 : CHUNK];
    } else if (within == chunks[chunk].length) {
      chunks[chunk] = Arrays.copyOf(chunks[chunk], 2 * within);
    }
    chunks[chunk][within] = position;
  }

  private long get(int id) {
    return chunks[id >>> CHUNK_SHIFT][id & (CHUNK - 1)];
  }

  /** Whether it has any position. */
  boolean isAlive(int id) {
    return get(id) != NONE;
  }

  /**
   * Gives a number that has some one more.
   *
   * @throws IllegalArgumentException if it has that one already
   */
  void add(int id, long position) {
    long value = get(id);
    if (value == position) {
      throw taken(position);
    }
    if (value >= 0) {
      int list = newList();
      lists[list] = new long[] {Math.min(value, position), Math.max(value, position)};
      sizes[list] = 2;
      put(id, -2 - list);
      return;
    }
    int list = (int) (-2 - value);
    int size = sizes[list];
    int at = -Arrays.binarySearch(lists[list], 0, size, position) - 1;
    if (at < 0) {
      throw taken(position);
    }
    if (size == lists[list].length) {
      lists[list] = Arrays.copyOf(lists[list], size + size / 2 + 1);
    }
    System.arraycopy(lists[list], at, lists[list], at + 1, size - at);
    lists[list][at] = position;
    sizes[list]++;
    hot += size == IndexStats.HOT ? 1 : 0;
  }

  private int newList() {
    int list = freeLists.nextSetBit(0);
    if (list >= 0) {
      freeLists.clear(list);
      return list;
    }
    if (used == sizes.length) {
      lists = Arrays.copyOf(lists, 2 * used + 4);
      sizes = Arrays.copyOf(sizes, 2 * used + 4);
    }
    return used++;
  }

  /**
   * Takes a position away.
   *
   * @return whether it was there
   */
  boolean remove(int id, long position) {
    long value = get(id);
    if (value >= NONE) {
      if (value != position) {
        return false;
      }
      put(id, NONE);
      return true;
    }
    int list = (int) (-2 - value);
    int size = sizes[list];
    int at = Arrays.binarySearch(lists[list], 0, size, position);
    if (at < 0) {
      return false;
    }
    System.arraycopy(lists[list], at + 1, lists[list], at, size - at - 1);
    sizes[list]--;
    hot -= size == IndexStats.HOT + 1 ? 1 : 0;
    if (sizes[list] == 1) {
      put(id, lists[list][0]);
      lists[list] = null;
      freeLists.set(list);
    }
    return true;
  }

  /** How many of its positions are lower. */
  int countBefore(int id, long before) {
    long value = get(id);
    if (value >= NONE) {
      return value != NONE && value < before ? 1 : 0;
    }
    int list = (int) (-2 - value);
    int at = Arrays.binarySearch(lists[list], 0, sizes[list], before);
    return at < 0 ? -at - 1 : at;
  }

  /** One of its positions, the lowest is the first. */
  long get(int id, int index) {
    long value = get(id);
    return value >= 0 ? value : lists[(int) (-2 - value)][index];
  }

  /** How many numbers have more than {@value IndexStats#HOT}. */
  int hot() {
    return hot;
  }

  private static IllegalArgumentException taken(long position) {
    return new IllegalArgumentException("position " + position + " is taken");
  }

  long bytes() {
    long sum = 4L * sizes.length + 4L * lists.length + 4L * chunks.length + freeLists.size() / 8;
    for (long[] chunk : chunks) {
      sum += 16 + 8L * chunk.length;
    }
    for (long[] list : lists) {
      sum += list == null ? 0 : 16 + 8L * list.length;
    }
    return sum;
  }
}
