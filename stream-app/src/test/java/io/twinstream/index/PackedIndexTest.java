package io.twinstream.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.twinstream.index.HammingIndex.Found;
import io.twinstream.schema.BinaryCode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Against {@link LinearIndex}, with sizes so small that all upkeep happens within a few steps. */
class PackedIndexTest {
  private static final int[] WIDTHS = {1, 2, 31, 33, 63, 64, 65, 72, 128, 144, 256, 512, 1024};

  // From how many words on a scan is shared.
  private static final long SHARED = 0;
  private static final long ON_ONE_THREAD = Long.MAX_VALUE;

  // Probing nearly always wins, so that tables are made.
  private static final CostModel CHEAP_PROBES = new CostModel(0.05, 0, 0, 1, 0);

  @Property(tries = 300)
  void findsWhatALinearIndexFindsWhateverComesAndGoes(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 12) int width) {
    Random random = new Random(seed);
    int bits = WIDTHS[width];
    Distribution distribution = Distribution.values()[random.nextInt(Distribution.values().length)];
    Tuning tuning = anyTuning(random);
    HammingIndex index = new PackedIndex(bits, tuning);
    LinearIndex oracle = new LinearIndex(bits);
    List<BinaryCode> held = new ArrayList<>();
    List<Long> places = new ArrayList<>();
    int leaving = 1 + random.nextInt(12);
    long next = 0;

    for (int step = 0; step < 250; step++) {
      if (!held.isEmpty() && random.nextInt(leaving) == 0) {
        int which = random.nextInt(held.size());
        index.remove(held.get(which), places.get(which));
        oracle.remove(held.remove(which), places.remove(which));
      } else {
        BinaryCode code = distribution.code(bits, step, random);
        long position = next++;
        index.add(code, position);
        oracle.add(code, position);
        held.add(code);
        places.add(position);
      }
      if (random.nextInt(50) == 0) {
        index.prepare(random.nextInt(1 + bits / 8));
      }
      if (random.nextInt(3) == 0) {
        List<BinaryCode> sought =
            IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> flipped(distribution.code(bits, i, random), random, 4))
                .toList();
        int radius = random.nextBoolean() ? random.nextInt(bits + 2) : random.nextInt(1 + bits / 8);
        long before = random.nextInt(3) == 0 ? random.nextLong(next + 1) : Long.MAX_VALUE;
        int limit = random.nextBoolean() ? Integer.MAX_VALUE : random.nextInt(6);

        Found expected = oracle.search(sought, radius, before, limit);
        assertThat(index.reader().search(sought, radius, before, limit)).isEqualTo(expected);
        assertThat(index.search(sought, radius, before, limit)).isEqualTo(expected);
        index.prepare(radius);
        assertThat(index.reader().search(sought, radius, before, limit)).isEqualTo(expected);
      }
      assertThat(index.size()).isEqualTo(oracle.size());
    }
  }

  @Property(tries = 60)
  void codesInAnyOrderOfPositionsAreFoundByRisingPosition(@ForAll long seed) {
    Random random = new Random(seed);
    HammingIndex index = new PackedIndex(64, anyTuning(random));
    HammingIndex oracle = new LinearIndex(64);
    List<Long> positions = new ArrayList<>();
    for (long i = 0; i < 100; i++) {
      positions.add(i * i);
    }
    Collections.shuffle(positions, random);
    for (long position : positions) {
      BinaryCode code = Distribution.FEW.code(64, 0, random);
      index.add(code, position);
      oracle.add(code, position);
    }

    for (int i = 0; i < 20; i++) {
      BinaryCode sought = Distribution.FEW.code(64, 0, random);
      assertThat(index.within(sought, 3, 5000)).isEqualTo(oracle.within(sought, 3, 5000));
    }
  }

  @Property(tries = 8)
  void bothKernelsAndAllCostsGiveEqualAnswersAtFullSize(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 12) int width) {
    Random random = new Random(seed);
    int bits = WIDTHS[width];
    Distribution distribution = Distribution.values()[random.nextInt(Distribution.values().length)];
    List<HammingIndex> indexes =
        List.of(
            new LinearIndex(bits),
            new PackedIndex(bits, Tuning.standard(new ScalarKernel())),
            new PackedIndex(bits, Tuning.standard(Kernel.best())),
            new PackedIndex(
                bits, small(Table.MAX_IDS, 0, 700, SHARED, Kernel.best(), CHEAP_PROBES)),
            new PackedIndex(
                bits, small(5000, 0, 700, ON_ONE_THREAD, new ScalarKernel(), CHEAP_PROBES)));
    for (int i = 0; i < 20_000; i++) {
      BinaryCode code = distribution.code(bits, i, random);
      for (HammingIndex index : indexes) {
        index.add(code, i);
      }
      if (i % 500 == 0) {
        BinaryCode near = flipped(code, random, bits / 10);
        int radius = random.nextInt(bits / 4 + 2);
        Found expected = indexes.getFirst().search(List.of(near, code), radius, i, 30);
        for (HammingIndex index : indexes) {
          assertThat(index.search(List.of(near, code), radius, i, 30)).isEqualTo(expected);
        }
      }
    }
  }

  @Property(tries = 12)
  void aScanThatProcessorsShareGivesTheAnswerOfOneThread(@ForAll long seed) {
    Random random = new Random(seed);
    int bits = WIDTHS[random.nextInt(WIDTHS.length)];
    Kernel kernel = random.nextBoolean() ? Kernel.best() : new ScalarKernel();
    Distribution distribution = Distribution.values()[random.nextInt(Distribution.values().length)];
    PackedIndex shared = scanning(bits, SHARED, kernel);
    PackedIndex alone = scanning(bits, ON_ONE_THREAD, kernel);
    LinearIndex oracle = new LinearIndex(bits);
    List<BinaryCode> codes = new ArrayList<>();
    // Several shares, the last of them not full.
    int size = 2 * Codes.CHUNK + random.nextInt(3 * Codes.CHUNK);
    for (int i = 0; i < size; i++) {
      codes.add(distribution.code(bits, i, random));
      for (HammingIndex index : List.of(shared, alone, oracle)) {
        index.add(codes.get(i), i);
      }
    }
    for (int i = 0; i < size; i += 1 + random.nextInt(50)) {
      for (HammingIndex index : List.of(shared, alone, oracle)) {
        index.remove(codes.get(i), i);
      }
    }

    for (int i = 0; i < 10; i++) {
      // The last one, too, and what borders on the ends of shares.
      int near = i == 0 ? size - 1 : Codes.CHUNK * random.nextInt(size / Codes.CHUNK) - i % 2;
      BinaryCode sought = flipped(codes.get(Math.max(0, near)), random, 2);
      BinaryCode turned = flipped(codes.get(random.nextInt(size)), random, 2);
      int radius = 1 + random.nextInt(1 + bits / 4);
      long before = random.nextBoolean() ? random.nextLong(size) : Long.MAX_VALUE;
      Found expected = oracle.search(List.of(sought, turned), radius, before, 100);

      assertThat(shared.search(List.of(sought, turned), radius, before, 100)).isEqualTo(expected);
      assertThat(alone.search(List.of(sought, turned), radius, before, 100)).isEqualTo(expected);
    }
    assertThat(shared.stats().scans()).isEqualTo(20);
    assertThat(alone.stats().scans()).isEqualTo(20);
  }

  /** One that never makes tables. */
  private static PackedIndex scanning(int bits, long sharedWords, Kernel kernel) {
    return new PackedIndex(
        bits, small(Table.MAX_IDS, Integer.MAX_VALUE, 700, sharedWords, kernel, kernel.costs()));
  }

  @Example
  void vectorsAreTestedWhereverTheModuleIsThere() {
    assertThat(Kernel.best()).isInstanceOf(VectorKernel.class);
  }

  @Example
  void aCodeThatManyShareIsOneEntryAndIsCounted() {
    PackedIndex index = new PackedIndex(256);
    BinaryCode blank = BinaryCode.ofNumber(BigInteger.ZERO, 256);
    for (int i = 0; i < 10_000; i++) {
      index.add(blank, i);
    }

    Found found = index.search(List.of(blank), 31, 9_000, 50);

    assertThat(found.count()).isEqualTo(9_000);
    assertThat(found.neighbours()).hasSize(50).last().extracting("position").isEqualTo(49L);
    assertThat(index.stats().codes()).isOne();
    assertThat(index.stats().shared()).isOne();
    assertThat(index.stats().bytes()).isLessThan(20 * 10_000);
  }

  @Example
  void numbersOfCodesThatLeftAreUsedAgain() {
    PackedIndex index =
        new PackedIndex(
            256, small(Table.MAX_IDS, 0, 100, SHARED, new ScalarKernel(), CHEAP_PROBES));
    Random random = new Random(1);
    List<BinaryCode> codes =
        IntStream.range(0, 1000).mapToObj(i -> Distribution.RANDOM.code(256, i, random)).toList();
    for (int i = 0; i < 1000; i++) {
      index.add(codes.get(i), i);
    }
    index.prepare(31);
    long before = index.stats().bytes();

    for (int i = 0; i < 100_000; i++) {
      index.remove(codes.get(i % 1000), i);
      index.add(codes.get(i % 1000), i + 1000);
    }

    assertThat(index.stats().codes()).isEqualTo(1000);
    assertThat(index.stats().bytes()).isLessThan(6 * before);
    assertThat(index.within(codes.get(7), 0, Long.MAX_VALUE)).hasSize(1);
  }

  @Example
  void whatItSaysOfItsMemoryIsWhatTheHeapLoses() {
    Random random = new Random(1);
    long before = usedHeap();
    PackedIndex index = new PackedIndex(256);
    for (int i = 0; i < 200_000; i++) {
      index.add(Distribution.RANDOM.code(256, i, random), i);
    }
    index.prepare(31);

    long heap = usedHeap() - before;

    long said = index.stats().bytes();
    assertThat(index.stats().layout()).contains("16 tables");
    assertThat((double) heap / said).isBetween(0.95, 1.05);
    assertThat(index.size()).isEqualTo(200_000);
  }

  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Example
  void whatIsNotThereCannotBeTakenOutAndATakenPlaceIsRefused() {
    PackedIndex index = new PackedIndex(64);
    BinaryCode one = BinaryCode.ofNumber(BigInteger.ONE, 64);
    BinaryCode zero = BinaryCode.ofNumber(BigInteger.ZERO, 64);
    index.add(one, 5);
    index.add(one, 7);

    assertThatIllegalArgumentException().isThrownBy(() -> index.remove(zero, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> index.remove(one, 6));
    assertThatIllegalArgumentException().isThrownBy(() -> index.add(one, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> index.add(one, 7));

    assertThat(index.size()).isEqualTo(2);
  }

  @Example
  void aReaderChangesNothing() {
    HammingIndex index = new PackedIndex(64);
    BinaryCode code = BinaryCode.ofNumber(BigInteger.ONE, 64);
    index.add(code, 0);
    HammingIndex reader = index.reader();

    assertThatIllegalStateException().isThrownBy(() -> reader.add(code, 1));
    assertThatIllegalStateException().isThrownBy(() -> reader.remove(code, 0));
    assertThatIllegalStateException().isThrownBy(() -> reader.prepare(3));
  }

  @Example
  void codesOfAnotherWidthAreRefused() {
    PackedIndex index = new PackedIndex(64);
    BinaryCode wide = BinaryCode.ofNumber(BigInteger.ONE, 65);

    assertThatIllegalArgumentException().isThrownBy(() -> index.add(wide, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> index.remove(wide, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> index.within(wide, 0, 1));
  }

  private static Tuning anyTuning(Random random) {
    Kernel kernel = random.nextBoolean() ? Kernel.best() : new ScalarKernel();
    CostModel costs =
        switch (random.nextInt(3)) {
          case 0 -> CHEAP_PROBES;
          // Too many candidates to go on with, at times.
          case 1 -> new CostModel(0, 0, 1, 0.2, 0);
          default -> kernel.costs();
        };
    return small(
        random.nextInt(4) == 0 ? 20 : Table.MAX_IDS,
        random.nextInt(60),
        1 + random.nextInt(30),
        random.nextBoolean() ? SHARED : ON_ONE_THREAD,
        kernel,
        costs);
  }

  private static Tuning small(
      int segment, int slices, int tail, long sharedWords, Kernel kernel, CostModel costs) {
    return new Tuning(segment, slices, tail, 256, tail, sharedWords, costs, costs, kernel, kernel);
  }

  private static BinaryCode flipped(BinaryCode code, Random random, int most) {
    BigInteger number = new BigInteger(1, code.toBytes()).shiftRight((8 - code.bits() % 8) % 8);
    for (int flips = random.nextInt(most + 1); flips > 0; flips--) {
      number = number.flipBit(random.nextInt(code.bits()));
    }
    return BinaryCode.ofNumber(number, code.bits());
  }

  /** Ways in which codes can lie that are hard on one part or another. */
  private enum Distribution {
    RANDOM,
    ALL_ZEROS,
    ALL_ONES,
    ONE_BIT_APART,
    CLUSTERED,
    SORTED,
    SAME_BEGINNING,
    FEW;

    BinaryCode code(int bits, int step, Random random) {
      BigInteger ones = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
      BigInteger number =
          switch (this) {
            case RANDOM -> new BigInteger(bits, random);
            case ALL_ZEROS -> BigInteger.ZERO;
            case ALL_ONES -> ones;
            case ONE_BIT_APART -> BigInteger.ZERO.flipBit(random.nextInt(bits));
            case CLUSTERED -> {
              BigInteger centre = new BigInteger(bits, new Random(random.nextInt(3)));
              for (int i = random.nextInt(6); i > 0; i--) {
                centre = centre.flipBit(random.nextInt(bits));
              }
              yield centre;
            }
            case SORTED -> BigInteger.valueOf(step).and(ones);
            case SAME_BEGINNING -> new BigInteger((bits + 1) / 2, random);
            case FEW -> BigInteger.valueOf(random.nextInt(9)).multiply(BigInteger.TEN).and(ones);
          };
      return BinaryCode.ofNumber(number, bits);
    }
  }
}
