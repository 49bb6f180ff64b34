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
  private static final CostModel COSTS = new CostModel(50, 0.1, 110, 0.06, 0.35);
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
  public void scan(
      long[] codes, int from, int to, long[][] queries, int radius, int base, Hits found) {
    int asked = 0;
    for (; asked + 4 <= queries.length; asked += 4) {
      scanFour(codes, from, to, queries, asked, radius, base, found);
    }
    for (; asked < queries.length; asked++) {
      scanOne(codes, from, to, queries[asked], asked, radius, base, found);
    }
  }

  private static void scanOne(
      long[] codes, int from, int to, long[] query, int asked, int radius, int base, Hits found) {
    if (query.length == 4) {
      scanOneOfFour(codes, from, to, query, asked, radius, base, found);
      return;
    }
    for (int code = from; code < to; code += LONGS.length()) {
      int at = (code & -Codes.LANES) * query.length + (code & (Codes.LANES - 1));
      LongVector sum = plus(LongVector.zero(LONGS), word(codes, at), query[0]);
      for (int word = 1; word < query.length; word++) {
        sum = plus(sum, word(codes, at + word * Codes.LANES), query[word]);
      }
      if (sum.compare(VectorOperators.LE, radius).anyTrue()) {
        take(sum, to - code, radius, base + code, asked, found);
      }
    }
  }

  // The width of the default: twice as fast as the loop over words.
  private static void scanOneOfFour(
      long[] codes, int from, int to, long[] query, int asked, int radius, int base, Hits found) {
    LongVector first = LongVector.broadcast(LONGS, query[0]);
    LongVector second = LongVector.broadcast(LONGS, query[1]);
    LongVector third = LongVector.broadcast(LONGS, query[2]);
    LongVector fourth = LongVector.broadcast(LONGS, query[3]);
    for (int code = from; code < to; code += LONGS.length()) {
      int at = (code & -Codes.LANES) * 4 + (code & (Codes.LANES - 1));
      LongVector sum =
          distance(codes, at, first)
              .add(distance(codes, at + Codes.LANES, second))
              .add(
                  distance(codes, at + 2 * Codes.LANES, third)
                      .add(distance(codes, at + 3 * Codes.LANES, fourth)));
      if (sum.compare(VectorOperators.LE, radius).anyTrue()) {
        take(sum, to - code, radius, base + code, asked, found);
      }
    }
  }

  private static LongVector distance(long[] codes, int at, LongVector query) {
    return word(codes, at).lanewise(VectorOperators.XOR, query).lanewise(VectorOperators.BIT_COUNT);
  }

  /** Four queries, so that each word is read once for all. */
  private static void scanFour(
      long[] codes,
      int from,
      int to,
      long[][] queries,
      int asked,
      int radius,
      int base,
      Hits found) {
    long[] one = queries[asked];
    long[] two = queries[asked + 1];
    long[] three = queries[asked + 2];
    long[] four = queries[asked + 3];
    int words = one.length;
    for (int code = from; code < to; code += LONGS.length()) {
      int at = (code & -Codes.LANES) * words + (code & (Codes.LANES - 1));
      LongVector sum1 = LongVector.zero(LONGS);
      LongVector sum2 = sum1;
      LongVector sum3 = sum1;
      LongVector sum4 = sum1;
      for (int word = 0; word < words; word++) {
        LongVector of = word(codes, at + word * Codes.LANES);
        sum1 = plus(sum1, of, one[word]);
        sum2 = plus(sum2, of, two[word]);
        sum3 = plus(sum3, of, three[word]);
        sum4 = plus(sum4, of, four[word]);
      }
      LongVector least = sum1.min(sum2).min(sum3.min(sum4));
      if (least.compare(VectorOperators.LE, radius).anyTrue()) {
        take(sum1, to - code, radius, base + code, asked, found);
        take(sum2, to - code, radius, base + code, asked + 1, found);
        take(sum3, to - code, radius, base + code, asked + 2, found);
        take(sum4, to - code, radius, base + code, asked + 3, found);
      }
    }
  }

  private static LongVector word(long[] codes, int at) {
    return LongVector.fromArray(LONGS, codes, at);
  }

  private static LongVector plus(LongVector sum, LongVector of, long query) {
    return sum.add(of.lanewise(VectorOperators.XOR, query).lanewise(VectorOperators.BIT_COUNT));
  }

  private static void take(
      LongVector distances, int left, int radius, int first, int asked, Hits found) {
    long near = distances.compare(VectorOperators.LE, radius).toLong();
    if (left < LONGS.length()) {
      near &= (1L << left) - 1;
    }
    if (near != 0) {
      long[] each = distances.toArray();
      for (; near != 0; near &= near - 1) {
        int lane = Long.numberOfTrailingZeros(near);
        found.add(first + lane, (int) each[lane], asked);
      }
    }
  }

  @Override
  public CostModel costs() {
    return COSTS;
  }
}
