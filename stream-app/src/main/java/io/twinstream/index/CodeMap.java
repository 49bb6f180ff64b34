package io.twinstream.index;

/**
 * Finds the number of a code that is there. Open addressing in many small tables, so that growing
 * one never takes long; eight bits of the hash beside each number spare most comparisons.
 */
final class CodeMap {
  private static final int SHARDS = 64;

  private final Codes codes;
  private final int[][] shards = new int[SHARDS][];
  private final int[] sizes = new int[SHARDS];

  CodeMap(Codes codes) {
    this.codes = codes;
  }

  /** Its number, or -1. */
  int find(long[] code) {
    long hash = Codes.hash(code);
    int[] slots = shards[shard(hash)];
    if (slots == null) {
      return -1;
    }
    int slot = home(hash, slots.length);
    for (; slots[slot] != 0; slot = next(slot, slots.length)) {
      if (slots[slot] >>> 24 == tag(hash) && codes.distance(id(slots[slot]), code, 0) == 0) {
        return id(slots[slot]);
      }
    }
    return -1;
  }

  /** Files a code that is not there. */
  void add(int id) {
    long hash = codes.hash(id);
    int shard = shard(hash);
    int[] slots = shards[shard];
    if (slots == null) {
      slots = shards[shard] = new int[4];
    } else if (5 * (sizes[shard] + 1) > 4 * slots.length) {
      int[] grown = new int[slots.length + slots.length / 4 + 4];
      for (int content : slots) {
        if (content != 0) {
          put(grown, codes.hash(id(content)), content);
        }
      }
      slots = shards[shard] = grown;
    }
    put(slots, hash, (tag(hash) << 24) | id);
    sizes[shard]++;
  }

  /** Forgets a code that is there. */
  void remove(int id) {
    long hash = codes.hash(id);
    int[] slots = shards[shard(hash)];
    int length = slots.length;
    int hole = home(hash, length);
    while (slots[hole] != ((tag(hash) << 24) | id)) {
      hole = next(hole, length);
    }
    // What follows moves up, unless that would bring it before its home.
    for (int slot = next(hole, length); slots[slot] != 0; slot = next(slot, length)) {
      int home = home(codes.hash(id(slots[slot])), length);
      if (Math.floorMod(slot - home, length) >= Math.floorMod(slot - hole, length)) {
        slots[hole] = slots[slot];
        hole = slot;
      }
    }
    slots[hole] = 0;
    sizes[shard(hash)]--;
  }

  private static void put(int[] slots, long hash, int content) {
    int slot = home(hash, slots.length);
    while (slots[slot] != 0) {
      slot = next(slot, slots.length);
    }
    slots[slot] = content;
  }

  private static int shard(long hash) {
    return (int) hash & (SHARDS - 1);
  }

  /** Never 0, so that a slot with a number never is. */
  private static int tag(long hash) {
    return Math.max(1, ((int) hash >>> 6) & 0xFF);
  }

  private static int home(long hash, int length) {
    return (int) (((hash >>> 32) * length) >>> 32);
  }

  private static int next(int slot, int length) {
    return slot + 1 == length ? 0 : slot + 1;
  }

  private static int id(int content) {
    return content & 0xFF_FFFF;
  }

  long bytes() {
    long sum = 8L * SHARDS;
    for (int[] slots : shards) {
      sum += slots == null ? 0 : 16 + 4L * slots.length;
    }
    return sum;
  }
}
