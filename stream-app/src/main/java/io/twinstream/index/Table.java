package io.twinstream.index;

import java.util.BitSet;
import java.util.function.IntUnaryOperator;

/**
 * The codes of one cut, sorted by its key: all of a key side by side, each with the other half of
 * its part and its number. Seven bytes an entry with its share of the rest; never changed.
 */
final class Table {
  /** How many entries may be read beyond the last. */
  static final int PADDING = 32;

  /** Numbers of codes are below this. */
  static final int MAX_IDS = 1 << 24;

  // Where the entries of a key begin; one more than there are keys.
  private final int[] starts;
  private final short[] rests;
  // 24 bits are enough for a number.
  private final short[] low;
  private final byte[] high;

  private Table(int[] starts) {
    this.starts = starts;
    int size = starts[starts.length - 1];
    rests = new short[size + PADDING];
    low = new short[size];
    high = new byte[size];
  }

  /**
   * Sorts codes.
   *
   * @param width of the keys, in bits
   * @param count how many there are
   * @param ids the number of each, or less than 0 if it is to be left out
   * @param keys the key of each
   * @param restOf the other half of each
   */
  static Table of(
      int width, int count, IntUnaryOperator ids, IntUnaryOperator keys, IntUnaryOperator restOf) {
    int[] ends = new int[(1 << width) + 1];
    for (int i = 0; i < count; i++) {
      if (ids.applyAsInt(i) >= 0) {
        ends[keys.applyAsInt(i) + 1]++;
      }
    }
    for (int key = 0; key < 1 << width; key++) {
      ends[key + 1] += ends[key];
    }
    Table table = new Table(ends);
    // Backwards, so that each key's end moves down and becomes its beginning.
    for (int key = 1 << width; key > 0; key--) {
      ends[key] = ends[key - 1];
    }
    ends[0] = 0;
    for (int i = 0; i < count; i++) {
      int id = ids.applyAsInt(i);
      if (id >= 0) {
        table.set(ends[keys.applyAsInt(i) + 1]++, restOf.applyAsInt(i), id);
      }
    }
    return table;
  }

  private void set(int entry, int rest, int id) {
    rests[entry] = (short) rest;
    low[entry] = (short) id;
    high[entry] = (byte) (id >>> 16);
  }

  /** Both tables in one. */
  static Table merged(Table one, Table other) {
    int[] starts = new int[one.starts.length];
    for (int key = 0; key < starts.length; key++) {
      starts[key] = one.starts[key] + other.starts[key];
    }
    Table table = new Table(starts);
    int copied = 0;
    for (int key = 0; key < starts.length - 1; key++) {
      int from = other.starts[key];
      int to = other.starts[key + 1];
      if (from < to) {
        // Of the first table all keys since the last time in one piece.
        int end = one.starts[key + 1];
        table.take(one, copied, end, copied + from);
        table.take(other, from, to, end + from);
        copied = end;
      }
    }
    table.take(one, copied, one.size(), copied + other.size());
    return table;
  }

  private void take(Table from, int start, int end, int at) {
    int length = end - start;
    if (length < 8) {
      for (int i = 0; i < length; i++) {
        rests[at + i] = from.rests[start + i];
        low[at + i] = from.low[start + i];
        high[at + i] = from.high[start + i];
      }
      return;
    }
    System.arraycopy(from.rests, start, rests, at, length);
    System.arraycopy(from.low, start, low, at, length);
    System.arraycopy(from.high, start, high, at, length);
  }

  /** This table less some codes. */
  Table without(BitSet ids) {
    int[] kept = new int[starts.length];
    for (int key = 0; key < starts.length - 1; key++) {
      kept[key + 1] = kept[key];
      for (int entry = starts[key]; entry < starts[key + 1]; entry++) {
        if (!ids.get(id(entry))) {
          kept[key + 1]++;
        }
      }
    }
    Table table = new Table(kept);
    int at = 0;
    for (int entry = 0; entry < size(); entry++) {
      int id = id(entry);
      if (!ids.get(id)) {
        table.set(at++, rests[entry], id);
      }
    }
    return table;
  }

  /**
   * Reads the beginning of some buckets, and nothing else: so many reads wait for memory at the
   * same time, where those of a probe would wait one after the other.
   *
   * @return something that depends on all that was read, so that nothing of it is left out
   */
  int touch(int key, int[] masks, int from, int to) {
    int touched = 0;
    for (int i = from; i < to; i++) {
      touched += rests[starts[key ^ masks[i]]];
    }
    return touched;
  }

  int size() {
    return low.length;
  }

  /** Where the entries of each key begin, and after the last key where they end. */
  int[] starts() {
    return starts;
  }

  /** The other half of each entry, as 16 bits without a sign. */
  short[] rests() {
    return rests;
  }

  /** The number of the code of an entry. */
  int id(int entry) {
    return ((high[entry] & 0xFF) << 16) | (low[entry] & 0xFFFF);
  }

  long bytes() {
    return 4 * 16 + 4L * starts.length + 2L * rests.length + 3L * low.length;
  }
}
