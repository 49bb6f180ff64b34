package io.twinstream.index;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The tables of a segment: one slice for each cut, and the tail of what has come last. All upkeep
 * is done in turns, of which none takes longer than one slice: making a slice, or taking in the
 * tail and making one table of one slice.
 */
final class Slices {
  private final int bits;
  private final List<Cut> cuts;
  private final Codes codes;
  private final Tuning tuning;
  private final int horizon;
  private final List<Slice> slices = new ArrayList<>();
  // Dead, and in tables; those that are being dropped from them in this round; those that are out.
  private BitSet dead = new BitSet();
  private BitSet leaving = new BitSet();
  private final BitSet free = new BitSet();
  private Tail tail;
  private int turn;
  private int removals;

  /**
   * None yet.
   *
   * @param horizon all numbers below are there, all that comes from now on is added
   * @param free of these numbers, those that are not in use
   */
  Slices(int bits, List<Cut> cuts, Codes codes, Tuning tuning, int horizon, BitSet free) {
    this.bits = bits;
    this.cuts = cuts;
    this.codes = codes;
    this.tuning = tuning;
    this.horizon = horizon;
    this.free.or(free);
    this.tail = new Tail(bits, tuning.tail(horizon));
  }

  /** Whether all slices have been made, so that searches may use them. */
  boolean isReady() {
    return slices.size() == cuts.size();
  }

  /** Makes one more slice, if one is missing. */
  void makeOne() {
    if (!isReady()) {
      slices.add(new Slice(cuts.get(slices.size()), codes, horizon, free));
    }
  }

  /** Makes all that are missing, with the help of other threads if that is wanted. */
  void makeAll(boolean shared) {
    IntStream missing = IntStream.range(slices.size(), cuts.size());
    slices.addAll(
        (shared ? missing.parallel() : missing)
            .mapToObj(cut -> new Slice(cuts.get(cut), codes, horizon, free))
            .toList());
  }

  boolean canReuse() {
    return isReady() && !free.isEmpty();
  }

  /** A number that was in use and is in no table any more, or -1. */
  int reuse() {
    int id = canReuse() ? free.nextSetBit(0) : -1;
    if (id >= 0) {
      free.clear(id);
    }
    return id;
  }

  void add(int id, long[] code, int size) {
    tail.add(id, code);
    if (tail.isFull()) {
      upkeep(size);
    }
  }

  /** A number is not in use any more. */
  void died(int id, int size) {
    dead.set(id);
    if (++removals >= tuning.leastTail()) {
      upkeep(size);
    }
  }

  private void upkeep(int size) {
    makeAll(false);
    for (Slice slice : slices) {
      slice.add(tail);
    }
    tail = new Tail(bits, tuning.tail(size));
    removals = 0;
    if (turn == 0 && dead.cardinality() > Math.max(tuning.leastTail(), size / 8)) {
      leaving = dead;
      dead = new BitSet();
    }
    if (leaving.isEmpty()) {
      slices.get(turn).compact();
    } else {
      slices.get(turn).compactWithout(leaving);
    }
    turn = (turn + 1) % slices.size();
    if (turn == 0) {
      free.or(leaving);
      leaving = new BitSet();
    }
  }

  Slice get(int index) {
    return slices.get(index);
  }

  Tail tail() {
    return tail;
  }

  long bytes() {
    return slices.stream().mapToLong(Slice::bytes).sum()
        + tail.bytes()
        + (dead.size() + leaving.size() + free.size()) / 8;
  }
}
