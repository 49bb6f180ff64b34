package io.twinstream.replay;

import java.util.Arrays;

/**
 * Numbers that are joined into sets (union by size with path halving; Tarjan and van Leeuwen 1984).
 * For one thread.
 */
public final class DisjointSets {
  // Of a root the size of its set, less than 0; of all others the way to it.
  private final int[] parents;
  private int groups;
  private int largest;

  /** Each number below is a set of its own. */
  public DisjointSets(int size) {
    parents = new int[size];
    Arrays.fill(parents, -1);
    largest = Math.min(1, size);
  }

  /**
   * Makes one set of those of two numbers.
   *
   * @return whether they were two
   */
  public boolean join(int one, int other) {
    int large = root(one);
    int small = root(other);
    if (large == small) {
      return false;
    }
    if (parents[large] > parents[small]) {
      int swapped = large;
      large = small;
      small = swapped;
    }
    // Of two single ones there is a group more, of two groups one less.
    groups += parents[large] == -1 ? 1 : parents[small] == -1 ? 0 : -1;
    parents[large] += parents[small];
    parents[small] = large;
    largest = Math.max(largest, -parents[large]);
    return true;
  }

  private int root(int number) {
    int at = number;
    while (parents[at] >= 0) {
      int parent = parents[at];
      if (parents[parent] >= 0) {
        parents[at] = parents[parent];
      }
      at = parent;
    }
    return at;
  }

  /** How many sets have more than one number. */
  public int groups() {
    return groups;
  }

  /** How many numbers the largest set has. */
  public int largest() {
    return largest;
  }
}
