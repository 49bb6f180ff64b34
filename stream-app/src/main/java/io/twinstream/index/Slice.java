package io.twinstream.index;

import java.util.BitSet;

/** All codes by one cut: most in one table, what has come lately in a smaller one. */
final class Slice {
  // So many buckets fit into the nearest cache.
  private static final int TOUCHED = 128;

  private final Cut cut;
  private final Masks masks;
  private Table main;
  private Table recent;

  /** Of the first codes, as many as given, but those whose numbers are free. */
  Slice(Cut cut, Codes codes, int count, BitSet free) {
    this.cut = cut;
    this.masks = Masks.of(cut.width());
    main =
        Table.of(
            cut.width(),
            count,
            free.isEmpty() ? id -> id : id -> free.get(id) ? -1 : id,
            id -> codes.bits(id, cut.offset(), cut.width()),
            id -> codes.bits(id, cut.restOffset(), cut.restWidth()));
    recent = Table.of(cut.width(), 0, id -> id, id -> id, id -> id);
  }

  /** Takes in what has come last. */
  void add(Tail tail) {
    Table added =
        Table.of(
            cut.width(),
            tail.size(),
            tail::id,
            at -> tail.codes().bits(at, cut.offset(), cut.width()),
            at -> tail.codes().bits(at, cut.restOffset(), cut.restWidth()));
    recent = recent.size() == 0 ? added : Table.merged(recent, added);
  }

  /** Makes one table of the two. Takes as long as copying all entries of this slice. */
  void compact() {
    if (recent.size() > 0) {
      main = Table.merged(main, recent);
      recent = Table.of(cut.width(), 0, id -> id, id -> id, id -> id);
    }
  }

  /** Drops codes, which may lie in any table, and makes one of the two. */
  void compactWithout(BitSet ids) {
    main = main.without(ids);
    recent = recent.without(ids);
    compact();
  }

  /**
   * Collects what may be within the radius.
   *
   * @param part how many bits of the part may differ
   * @param reach how many bits of the key may differ
   * @return how many entries were compared
   */
  int probe(Kernel kernel, long[] query, int part, int reach, Ids found) {
    int key = cut.key(query);
    int rest = cut.rest(query);
    int compared = 0;
    for (int distance = 0; distance <= reach; distance++) {
      compared += probe(kernel, main, key, distance, rest, part - distance, found);
      if (recent.size() > 0) {
        compared += probe(kernel, recent, key, distance, rest, part - distance, found);
      }
    }
    return compared;
  }

  private int probe(
      Kernel kernel, Table table, int key, int distance, int rest, int limit, Ids found) {
    int compared = 0;
    for (int from = masks.from(distance); from < masks.to(distance); from += TOUCHED) {
      int to = Math.min(from + TOUCHED, masks.to(distance));
      found.touch(table.touch(key, masks.all(), from, to));
      compared += kernel.probe(table, key, masks.all(), from, to, rest, limit, found);
    }
    return compared;
  }

  /** Reads ahead what a probe will look into. */
  void touch(long[] query, int reach, Ids found) {
    if (reach >= 0) {
      int key = cut.key(query);
      int to = Math.min(TOUCHED, masks.to(reach));
      found.touch(main.touch(key, masks.all(), 0, to));
      found.touch(recent.size() == 0 ? 0 : recent.touch(key, masks.all(), 0, to));
    }
  }

  long bytes() {
    return main.bytes() + recent.bytes();
  }
}
