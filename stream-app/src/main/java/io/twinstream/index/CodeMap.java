package io.twinstream.index;

/**
 * Finds the number of a code that is there. Open addressing in many small tables, so that growing
 * one never takes long. Half of the hash stands beside each number: it spares comparisons, and a
 * table grows without a look at the codes, which lie far apart.
 */
final class CodeMap {
  private static final int SHARDS = 64;
  private static final long HASH = -1L << Integer.SIZE;

  private final Codes codes;
  private final long[][] shards = new long[SHARDS][];
  private final int[] sizes = new int[SHARDS];

  CodeMap(Codes codes) {
    this.codes = codes;
  }

  /** Its number, or -1. */
  int find(long[] code) {
    long hash = Codes.hash(code);
    long[] slots = shards[shard(hash)];
    if (slots == null) {
      return -1;
    }
    int slot = home(hash, slots.length);
    for (; slots[slot] != 0; slot = next(slot, slots.length)) {
      if (((slots[slot] ^ hash) & HASH) == 0 && codes.distance(id(slots[slot]), code, 0) == 0) {
        return id(slots[slot]);
      }
    }
    return -1;
  }

  /** Files a code that is not there. */
  void add(int id) {
    long hash = codes.hash(id);
    int shard = shard(hash);
    long[] slots = shards[shard];
    if (slots == null) {
      slots = shards[shard] = new long[4];
    } else if (5 * (sizes[shard] + 1) > 4 * slots.length) {
      long[] grown = new long[slots.length + slots.length / 8 + 4];
      for (long content : slots) {
        if (content != 0) {
          put(grown, content);
        }
      }
      slots = shards[shard] = grown;
    }
    put(slots, content(hash, id));
    sizes[shard]++;
  }

  /** Forgets a code that is there. */
  void remove(int id) {
    long hash = codes.hash(id);
    long[] slots = shards[shard(hash)];
    int length = slots.length;
    int hole = home(hash, length);
    while (slots[hole] != content(hash, id)) {
      hole = next(hole, length);
    }
    // What follows moves up, unless that would bring it before its home.
    for (int slot = next(hole, length); slots[slot] != 0; slot = next(slot, length)) {
      int home = home(slots[slot], length);
      if (Math.floorMod(slot - home, length) >= Math.floorMod(slot - hole, length)) {
        slots[hole] = slots[slot];
        hole = slot;
      }
    }
    slots[hole] = 0;
    sizes[shard(hash)]--;
  }

  private static void put(long[] slots, long content) {
    int slot = home(content, slots.length);
    while (slots[slot] != 0) {
      slot = next(slot, slots.length);
    }
    slots[slot] = content;
  }

  private static int shard(long hash) {
    return (int) hash & (SHARDS - 1);
  }

  /** By the upper half of a hash, alone or in a slot. */
  private static int home(long hash, int length) {
    return (int) (((hash >>> 32) * length) >>> 32);
  }

  private static int next(int slot, int length) {
    return slot + 1 == length ? 0 : slot + 1;
  }

  /** Never 0, which is an empty slot. */
  private static long content(long hash, int id) {
    return (hash & HASH) | (id + 1);
  }

  private static int id(long content) {
    return (int) content - 1;
  }

  long bytes() {
    long sum = 8L * SHARDS;
    for (long[] slots : shards) {
      sum += slots == null ? 0 : 16 + 8L * slots.length;
    }
    return sum;
  }
}
