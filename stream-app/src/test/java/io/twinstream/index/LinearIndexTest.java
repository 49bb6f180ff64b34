package io.twinstream.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.twinstream.index.HammingIndex.Neighbour;
import io.twinstream.schema.BinaryCode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Against a sorted map that is read from end to end. */
class LinearIndexTest {
  private static final int[] WIDTHS = {1, 63, 64, 65, 72, 256, 1024};

  @Property(tries = 300)
  void findsWhatReadingEverythingFinds(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 6) int width) {
    Random random = new Random(seed);
    int bits = WIDTHS[width];
    List<BinaryCode> centres = List.of(anyCode(random, bits), anyCode(random, bits));
    HammingIndex index = new LinearIndex(bits);
    SortedMap<Long, BinaryCode> all = new TreeMap<>();

    for (int step = 0; step < 120; step++) {
      // Positions come in any order and are used again after their code has left.
      long position = random.nextInt(60);
      BinaryCode held = all.get(position);
      if (held == null) {
        BinaryCode code = near(random, centres.get(random.nextInt(2)));
        index.add(code, position);
        all.put(position, code);
      } else if (random.nextInt(3) == 0) {
        index.remove(held, position);
        all.remove(position);
      }
      BinaryCode sought = near(random, centres.get(random.nextInt(2)));
      int radius = random.nextInt(bits + 3);
      long before = random.nextInt(5) == 0 ? Long.MAX_VALUE : random.nextInt(62);

      assertThat(index.within(sought, radius, before))
          .isEqualTo(byReadingEverything(all, sought, radius, before));
      assertThat(index.size()).isEqualTo(all.size());
    }
  }

  @Test
  void theRadiusIsTheLastDistanceThatCounts() {
    HammingIndex index = new LinearIndex(72);
    index.add(code(0b111, 72), 5);

    assertThat(index.within(code(0, 72), 3, 6)).extracting(Neighbour::distance).containsExactly(3);
    assertThat(index.within(code(0, 72), 2, 6)).isEmpty();
  }

  @Test
  void theOwnPositionDoesNotCount() {
    HammingIndex index = new LinearIndex(64);
    index.add(code(1, 64), 5);

    assertThat(index.within(code(1, 64), 0, 5)).isEmpty();
    assertThat(index.within(code(1, 64), 0, 6)).hasSize(1);
  }

  @Test
  void equalCodesAtDifferentPositionsAreAllFound() {
    HammingIndex index = new LinearIndex(64);
    index.add(code(1, 64), 9);
    index.add(code(1, 64), 0);
    index.add(code(1, 64), Long.MAX_VALUE - 1);

    assertThat(index.within(code(1, 64), 0, Long.MAX_VALUE))
        .extracting(Neighbour::position)
        .containsExactly(0L, 9L, Long.MAX_VALUE - 1);
  }

  @Test
  void aTakenPositionIsRefusedAndNothingChanges() {
    HammingIndex index = new LinearIndex(64);
    index.add(code(1, 64), 5);

    assertThatIllegalArgumentException().isThrownBy(() -> index.add(code(2, 64), 5));

    assertThat(index.within(code(0, 64), 64, 6)).containsExactly(new Neighbour(5, code(1, 64), 1));
  }

  @Test
  void whatIsNotThereCannotBeTakenOut() {
    HammingIndex index = new LinearIndex(64);
    index.add(code(1, 64), 5);

    assertThatIllegalArgumentException().isThrownBy(() -> index.remove(code(2, 64), 5));
    assertThatIllegalArgumentException().isThrownBy(() -> index.remove(code(1, 64), 4));

    assertThat(index.size()).isOne();
  }

  @Test
  void codesOfAnotherWidthAreRefused() {
    HammingIndex index = new LinearIndex(64);

    assertThatIllegalArgumentException().isThrownBy(() -> index.add(code(1, 63), 0));
    assertThatIllegalArgumentException().isThrownBy(() -> index.remove(code(1, 65), 0));
    assertThatIllegalArgumentException().isThrownBy(() -> index.within(code(1, 128), 0, 1));
  }

  private static List<Neighbour> byReadingEverything(
      SortedMap<Long, BinaryCode> all, BinaryCode sought, int radius, long before) {
    List<Neighbour> found = new ArrayList<>();
    for (Map.Entry<Long, BinaryCode> entry : all.entrySet()) {
      int distance = number(entry.getValue()).xor(number(sought)).bitCount();
      if (entry.getKey() < before && distance <= radius) {
        found.add(new Neighbour(entry.getKey(), entry.getValue(), distance));
      }
    }
    return found;
  }

  private static BinaryCode anyCode(Random random, int bits) {
    return BinaryCode.ofNumber(new BigInteger(bits, random), bits);
  }

  private static BinaryCode near(Random random, BinaryCode centre) {
    BigInteger flipped = number(centre);
    for (int flips = random.nextInt(8); flips > 0; flips--) {
      flipped = flipped.flipBit(8 * centre.toBytes().length - 1 - random.nextInt(centre.bits()));
    }
    return BinaryCode.ofHex(hex(flipped, centre), centre.bits());
  }

  private static String hex(BigInteger number, BinaryCode like) {
    return "%0{}x".replace("{}", Integer.toString(2 * like.toBytes().length)).formatted(number);
  }

  private static BigInteger number(BinaryCode code) {
    return new BigInteger(1, code.toBytes());
  }

  private static BinaryCode code(long value, int bits) {
    return BinaryCode.ofNumber(BigInteger.valueOf(value), bits);
  }
}
