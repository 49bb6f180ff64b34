package io.twinstream.index;

/** Word by word. */
final class ScalarKernel implements Kernel {
  private static final CostModel COSTS = new CostModel(50, 3, 110, 0.5, 0.1);

  @Override
  public int probe(
      Table table, int left, int[] masks, int from, int to, int right, int limit, Ids found) {
    int[] starts = table.starts();
    short[] rests = table.rests();
    int compared = 0;
    for (int i = from; i < to; i++) {
      int key = left ^ masks[i];
      int end = starts[key + 1];
      compared += end - starts[key];
      for (int entry = starts[key]; entry < end; entry++) {
        if (Integer.bitCount((rests[entry] ^ right) & 0xFFFF) <= limit) {
          found.add(table.id(entry));
        }
      }
    }
    return compared;
  }

  @Override
  public void scan(
      long[] codes,
      int block,
      int from,
      int to,
      long[][] queries,
      int radius,
      int base,
      Hits found) {
    for (int asked = 0; asked < queries.length; asked++) {
      long[] query = queries[asked];
      for (int code = from; code < to; code++) {
        int at = Codes.first(code, block, query.length);
        int distance =
            query.length == 4 ? four(codes, at, block, query) : any(codes, at, block, query);
        if (distance <= radius) {
          found.add(base + code, distance, asked);
        }
      }
    }
  }

  /** Written out, since 256 bits are the common width. */
  private static int four(long[] codes, int at, int block, long[] query) {
    return Long.bitCount(codes[at] ^ query[0])
        + Long.bitCount(codes[at + block] ^ query[1])
        + Long.bitCount(codes[at + 2 * block] ^ query[2])
        + Long.bitCount(codes[at + 3 * block] ^ query[3]);
  }

  private static int any(long[] codes, int at, int block, long[] query) {
    int distance = 0;
    for (int word = 0; word < query.length; word++) {
      distance += Long.bitCount(codes[at + word * block] ^ query[word]);
    }
    return distance;
  }

  @Override
  public CostModel costs() {
    return COSTS;
  }
}
