package io.twinstream.index;

/** What has come last and is in no table yet: read from end to end by every search. */
final class Tail {
  private final Codes codes;
  private final int[] ids;
  private int size;

  Tail(int bits, int capacity) {
    codes = new Codes(bits);
    ids = new int[capacity];
  }

  void add(int id, long[] code) {
    codes.set(size, code);
    ids[size++] = id;
  }

  boolean isFull() {
    return size == ids.length;
  }

  int size() {
    return size;
  }

  /** The number of a code. */
  int id(int at) {
    return ids[at];
  }

  /** The codes, by their place here. */
  Codes codes() {
    return codes;
  }

  void scan(Kernel kernel, long[][] queries, int radius, Hits hits) {
    int before = hits.size();
    codes.scan(kernel, 0, size, queries, radius, hits);
    hits.renumber(before, ids);
  }

  long bytes() {
    return codes.bytes() + 16 + 4L * ids.length;
  }
}
