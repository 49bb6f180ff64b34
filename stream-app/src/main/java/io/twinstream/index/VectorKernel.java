package io.twinstream.index;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Many at a time, with the widest registers of the machine. Needs the module {@code
 * jdk.incubator.vector}; without it this class must not be touched.
 */
final class VectorKernel implements Kernel {
  private static final CostModel COSTS = new CostModel(20, 0.1, 15, 0.06);
  private static final VectorSpecies<Short> SHORTS =
      ShortVector.SPECIES_PREFERRED.length() > Table.PADDING
          ? ShortVector.SPECIES_512
          : ShortVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Long> LONGS =
      LongVector.SPECIES_PREFERRED.length() > Codes.LANES
          ? LongVector.SPECIES_512
          : LongVector.SPECIES_PREFERRED;

  /** Whether this machine has registers that are wide enough to be worth it. */
  static boolean isFast() {
    return LONGS.vectorBitSize() >= 256;
  }

  @Override
  public int probe(
      Table table, int left, int[] masks, int from, int to, int right, int limit, Ids found) {
    int[] starts = table.starts();
    short[] rests = table.rests();
    int lanes = SHORTS.length();
    int compared = 0;
    for (int i = from; i < to; i++) {
      int key = left ^ masks[i];
      int entry = starts[key];
      int end = starts[key + 1];
      compared += end - entry;
      for (; entry < end; entry += lanes) {
        // Reads on into the next bucket, or into what Table leaves free at its end.
        long near =
            ShortVector.fromArray(SHORTS, rests, entry)
                .lanewise(VectorOperators.XOR, (short) right)
                .lanewise(VectorOperators.BIT_COUNT)
                .compare(VectorOperators.LE, (short) limit)
                .toLong();
        if (end - entry < lanes) {
          near &= (1L << (end - entry)) - 1;
        }
        for (; near != 0; near &= near - 1) {
          found.add(table.id(entry + Long.numberOfTrailingZeros(near)));
        }
      }
    }
    return compared;
  }

  @Override
  public void scan(long[] codes, int count, long[] query, int radius, int first, Hits found) {
    if (query.length == 4) {
      scanFour(codes, count, query, radius, first, found);
      return;
    }
    int lanes = LONGS.length();
    for (int code = 0; code < count; code += lanes) {
      int at = (code & -Codes.LANES) * query.length + (code & (Codes.LANES - 1));
      LongVector sum = difference(codes, at, query[0]);
      for (int word = 1; word < query.length; word++) {
        sum = sum.add(difference(codes, at + word * Codes.LANES, query[word]));
      }
      take(sum, count - code, radius, first + code, found);
    }
  }

  /** Written out, since 256 bits are the common width: the query stays in registers. */
  private static void scanFour(
      long[] codes, int count, long[] query, int radius, int first, Hits found) {
    int lanes = LONGS.length();
    LongVector word0 = LongVector.broadcast(LONGS, query[0]);
    LongVector word1 = LongVector.broadcast(LONGS, query[1]);
    LongVector word2 = LongVector.broadcast(LONGS, query[2]);
    LongVector word3 = LongVector.broadcast(LONGS, query[3]);
    for (int code = 0; code < count; code += lanes) {
      int at = (code & -Codes.LANES) * 4 + (code & (Codes.LANES - 1));
      LongVector sum =
          difference(codes, at, word0)
              .add(difference(codes, at + Codes.LANES, word1))
              .add(difference(codes, at + 2 * Codes.LANES, word2))
              .add(difference(codes, at + 3 * Codes.LANES, word3));
      take(sum, count - code, radius, first + code, found);
    }
  }

  private static LongVector difference(long[] codes, int at, long word) {
    return difference(codes, at, LongVector.broadcast(LONGS, word));
  }

  private static LongVector difference(long[] codes, int at, LongVector word) {
    return LongVector.fromArray(LONGS, codes, at)
        .lanewise(VectorOperators.XOR, word)
        .lanewise(VectorOperators.BIT_COUNT);
  }

  private static void take(LongVector distances, int left, int radius, int first, Hits found) {
    long near = distances.compare(VectorOperators.LE, radius).toLong();
    if (near != 0) {
      if (left < LONGS.length()) {
        near &= (1L << left) - 1;
      }
      long[] each = distances.toArray();
      for (; near != 0; near &= near - 1) {
        int lane = Long.numberOfTrailingZeros(near);
        found.add(first + lane, (int) each[lane]);
      }
    }
  }

  @Override
  public CostModel costs() {
    return COSTS;
  }
}
