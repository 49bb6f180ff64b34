package io.twinstream.index;

import java.util.Arrays;

/** Numbers of codes that were found, each with its distance and by which code it was found. */
final class Hits {
  private long[] hits = new long[64];
  private int[] notes = {};
  private int size;

  void add(int id, int distance, int asked) {
    if (size == hits.length) {
      hits = Arrays.copyOf(hits, 2 * size);
    }
    hits[size++] = ((long) id << 32) | ((long) distance << 16) | asked;
  }

  /** Room for so many numbers, with anything in it. */
  int[] notes(int least) {
    if (notes.length < least) {
      notes = new int[least];
    }
    return notes;
  }

  void addAll(Hits others) {
    if (size + others.size > hits.length) {
      hits = Arrays.copyOf(hits, Math.max(2 * size, size + others.size));
    }
    System.arraycopy(others.hits, 0, hits, size, others.size);
    size += others.size;
  }

  int size() {
    return size;
  }

  int id(int index) {
    return (int) (hits[index] >>> 32);
  }

  int distance(int index) {
    return (int) hits[index] >>> 16;
  }

  int asked(int index) {
    return (int) hits[index] & 0xFFFF;
  }

  /** Gives the hits from an index on other numbers. */
  void renumber(int from, int[] ids) {
    for (int i = from; i < size; i++) {
      hits[i] = ((long) ids[id(i)] << 32) | (hits[i] & 0xFFFF_FFFFL);
    }
  }

  /** Keeps each number once, with its least distance and the first code that was so near. */
  void keepNearest() {
    Arrays.sort(hits, 0, size);
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (kept == 0 || id(kept - 1) != id(i)) {
        hits[kept++] = hits[i];
      }
    }
    size = kept;
  }
}
