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
      long[] codes,
      int block,
      int from,
      int to,
      long[][] queries,
      int radius,
      int base,
      Hits found) {
    // What is near by its first words is noted and looked at afterwards: with a call in them the
    // loops would be half as fast, since no vector stays in its register over a call.
    int[] noted = found.notes((to - from + LONGS.length() - 1) / LONGS.length());
    int words = telling(queries[0].length, radius);
    int asked = 0;
    for (; asked + 4 <= queries.length; asked += 4) {
      int count = noteOfFour(codes, block, from, to, queries, asked, words, radius, noted);
      for (int query = asked; query < asked + 4; query++) {
        take(codes, block, to, queries[query], query, radius, base, noted, count, found);
      }
    }
    for (; asked < queries.length; asked++) {
      long[] query = queries[asked];
      int count =
          words == 3 && query.length == 4
              ? noteByThree(codes, block, from, to, query, radius, noted)
              : note(codes, block, from, to, query, words, radius, noted);
      take(codes, block, to, query, asked, radius, base, noted, count, found);
    }
  }

  /**
   * By how many of its first words nearly every code is too far away already, if codes are random:
   * where three and a half standard deviations below the mean is still beyond the radius.
   */
  static int telling(int words, int radius) {
    int telling = 1;
    while (telling < words && 32 * telling - 14 * Math.sqrt(telling) < radius) {
      telling++;
    }
    return telling;
  }

  private static int note(
      long[] codes, int block, int from, int to, long[] query, int words, int radius, int[] noted) {
    int count = 0;
    for (int code = from; code < to; code += LONGS.length()) {
      int at = Codes.first(code, block, query.length);
      LongVector sum = LongVector.zero(LONGS);
      for (int word = 0; word < words; word++) {
        sum = plus(sum, word(codes, at + word * block), query[word]);
      }
      if (sum.compare(VectorOperators.LE, radius).anyTrue()) {
        noted[count++] = code;
      }
    }
    return count;
  }

  /** As that for the three words that tell of 256 bits within 71; faster without a loop. */
  private static int noteByThree(
      long[] codes, int block, int from, int to, long[] query, int radius, int[] noted) {
    LongVector first = LongVector.broadcast(LONGS, query[0]);
    LongVector second = LongVector.broadcast(LONGS, query[1]);
    LongVector third = LongVector.broadcast(LONGS, query[2]);
    int count = 0;
    for (int code = from; code < to; code += LONGS.length()) {
      int at = Codes.first(code, block, 4);
      LongVector sum =
          distance(codes, at, first)
              .add(distance(codes, at + block, second))
              .add(distance(codes, at + 2 * block, third));
      if (sum.compare(VectorOperators.LE, radius).anyTrue()) {
        noted[count++] = code;
      }
    }
    return count;
  }

  private static LongVector distance(long[] codes, int at, LongVector query) {
    return word(codes, at).lanewise(VectorOperators.XOR, query).lanewise(VectorOperators.BIT_COUNT);
  }

  /** Four queries, so that each word is read once for all. */
  private static int noteOfFour(
      long[] codes,
      int block,
      int from,
      int to,
      long[][] queries,
      int asked,
      int words,
      int radius,
      int[] noted) {
    long[] one = queries[asked];
    long[] two = queries[asked + 1];
    long[] three = queries[asked + 2];
    long[] four = queries[asked + 3];
    int count = 0;
    for (int code = from; code < to; code += LONGS.length()) {
      int at = Codes.first(code, block, one.length);
      LongVector sum1 = LongVector.zero(LONGS);
      LongVector sum2 = sum1;
      LongVector sum3 = sum1;
      LongVector sum4 = sum1;
      for (int word = 0; word < words; word++) {
        LongVector of = word(codes, at + word * block);
        sum1 = plus(sum1, of, one[word]);
        sum2 = plus(sum2, of, two[word]);
        sum3 = plus(sum3, of, three[word]);
        sum4 = plus(sum4, of, four[word]);
      }
      LongVector least = sum1.min(sum2).min(sum3.min(sum4));
      if (least.compare(VectorOperators.LE, radius).anyTrue()) {
        noted[count++] = code;
      }
    }
    return count;
  }

  private static LongVector word(long[] codes, int at) {
    return LongVector.fromArray(LONGS, codes, at);
  }

  private static LongVector plus(LongVector sum, LongVector of, long query) {
    return sum.add(of.lanewise(VectorOperators.XOR, query).lanewise(VectorOperators.BIT_COUNT));
  }

  /** Looks again at what was noted, for one query. */
  private static void take(
      long[] codes,
      int block,
      int to,
      long[] query,
      int asked,
      int radius,
      int base,
      int[] noted,
      int count,
      Hits found) {
    for (int i = 0; i < count; i++) {
      for (int code = noted[i]; code < Math.min(noted[i] + LONGS.length(), to); code++) {
        int at = Codes.first(code, block, query.length);
        int distance = 0;
        for (int word = 0; word < query.length && distance <= radius; word++) {
          distance += Long.bitCount(codes[at + word * block] ^ query[word]);
        }
        if (distance <= radius) {
          found.add(base + code, distance, asked);
        }
      }
    }
  }

  @Override
  public CostModel costs() {
    return COSTS;
  }
}
