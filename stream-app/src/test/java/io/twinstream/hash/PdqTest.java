package io.twinstream.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.picture.GreyPicture;
import io.twinstream.picture.Orientation;
import io.twinstream.schema.BinaryCode;
import java.math.BigInteger;
import java.util.function.IntBinaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PdqTest {
  @Property(tries = 300)
  void isThePublishedAlgorithmBitForBit(@ForAll("pictures") GreyPicture picture) {
    PublishedPdq published = new PublishedPdq(picture);

    Pdq pdq = new Pdq(picture, Orientation.UPRIGHT);

    assertThat(pdq.code(Orientation.UPRIGHT).toHex()).isEqualTo(published.hex());
    assertThat(pdq.quality()).isEqualTo(published.quality());
  }

  @Property(tries = 100)
  void isThePublishedAlgorithmForThingsLikePhotographs(
      @ForAll long seed,
      @ForAll @IntRange(min = 5, max = 600) int width,
      @ForAll @IntRange(min = 5, max = 600) int height) {
    GreyPicture picture = GreyPictures.photoLike(seed, width, height);

    assertThat(code(picture, Orientation.UPRIGHT).toHex())
        .isEqualTo(new PublishedPdq(picture).hex());
  }

  @Property(tries = 100)
  void theSquareOfTheSlidingSumsIsThatOfThePublishedStepsToTheLastBit(
      @ForAll("pictures") GreyPicture picture) {
    assertThat(TentFilter.asPublished(picture)).containsExactly(new PublishedPdq(picture).square());
  }

  @ParameterizedTest
  @CsvSource({"5,5", "5,900", "900,5", "64,64", "63,65", "128,128", "129,127", "257,385"})
  void oddSizesAreNoExceptions(int width, int height) {
    GreyPicture picture = GreyPictures.noise(1, width, height);

    assertThat(code(picture, Orientation.UPRIGHT).toHex())
        .isEqualTo(new PublishedPdq(picture).hex());
  }

  @Property(tries = 100)
  void aQuarterTurnIsThePublishedOneOutOfTheSameTransform(@ForAll("pictures") GreyPicture picture) {
    assertThat(code(picture, Orientation.TURN_90).toHex())
        .isEqualTo(new PublishedPdq(picture).hexOfQuarterTurn());
  }

  @ParameterizedTest
  @EnumSource
  void aWayIsWhatTurnedPixelsGiveButForRounding(Orientation way) {
    GreyPicture picture = GreyPictures.photoLike(7, 64, 64);

    assertThat(code(picture, way).distance(code(way.apply(picture), Orientation.UPRIGHT)))
        .isLessThanOrEqualTo(2);
  }

  @Property(tries = 60)
  void pixelsThatAreStoredTurnedGiveThePublishedHashOfTheUprightPicture(
      @ForAll long seed,
      @ForAll @IntRange(min = 5, max = 500) int width,
      @ForAll @IntRange(min = 5, max = 500) int height,
      @ForAll Orientation orientation) {
    GreyPicture stored = GreyPictures.photoLike(seed, width, height);

    BinaryCode code = new Pdq(stored, orientation).code(Orientation.UPRIGHT);

    assertThat(code.toHex()).isEqualTo(new PublishedPdq(orientation.apply(stored)).hex());
  }

  @Test
  void aboveTheLowerMedianAreHalfTheFrequenciesAndOfEqualOnesFewer() {
    assertThat(bitsSet(GreyPictures.noise(3, 300, 200))).isEqualTo(128);
    assertThat(bitsSet(GreyPictures.of(64, 64, (x, y) -> 0))).isZero();
    // Both halves alike: every other frequency from left to right is nothing but rounding.
    assertThat(bitsSet(GreyPictures.of(64, 64, (x, y) -> 4 * Math.min(x, 63 - x) * (y % 3))))
        .isLessThanOrEqualTo(128);
  }

  @ParameterizedTest
  @CsvSource({"4,400", "400,4", "1,1"})
  void aPictureThatIsTooSmallHasNoBitsAndNoQuality(int width, int height) {
    Pdq pdq = new Pdq(GreyPictures.noise(1, width, height), Orientation.UPRIGHT);

    assertThat(pdq.code(Orientation.UPRIGHT)).isEqualTo(BinaryCode.ofBytes(new byte[32], 256));
    assertThat(pdq.quality()).isZero();
  }

  @Test
  void manyPicturesLikePhotographsNeedNoPublishedSteps() {
    int sure = 0;
    for (int seed = 0; seed < 100; seed++) {
      Pdq pdq = new Pdq(GreyPictures.photoLike(seed, 300, 200), Orientation.UPRIGHT);
      pdq.code(Orientation.UPRIGHT);
      sure += pdq.isByWeights() ? 1 : 0;
    }

    assertThat(sure).isGreaterThan(80);
  }

  @Property(tries = 50)
  void asAnAlgorithmOfTheLibraryItHasTheSameBits(@ForAll("pictures") GreyPicture picture) {
    PdqHash algorithm = new PdqHash();

    assertThat(algorithm.hash(GreyPictures.buffered(picture)).getHashValue())
        .isEqualTo(new BigInteger(new PublishedPdq(picture).hex(), 16));
    assertThat(algorithm.getKeyResolution()).isEqualTo(256);
  }

  /** What is smooth, regular or symmetric has frequencies that are nothing but rounding. */
  @Provide
  Arbitrary<GreyPicture> pictures() {
    Arbitrary<Integer> side =
        Arbitraries.oneOf(
            Arbitraries.integers().between(5, 80), Arbitraries.integers().between(5, 700));
    Arbitrary<Integer> period = Arbitraries.integers().between(1, 60);
    Arbitrary<Integer> level = Arbitraries.integers().between(0, 255);
    return Combinators.combine(
            side, side, period, period, level, Arbitraries.integers().between(0, 8))
        .as((width, height, p, q, c, kind) -> {
          IntBinaryOperator luma =
              switch (kind) {
                case 0 -> (x, y) -> 255 * x / width;
                case 1 -> (x, y) -> (x / p + y / q) % 2 * c;
                case 2 -> (x, y) -> x * p + y * q;
                case 3 ->
                    (x, y) -> (int) (128 + 120 * Math.sin(x / (1.0 + p)) * Math.cos(y / (1.0 + q)));
                case 4 -> (x, y) -> 255 * x / width * y / height;
                case 5 -> (x, y) -> c;
                case 6 -> (x, y) -> x / p % 2 == 0 ? c : 255 - c;
                case 7 -> (x, y) -> (x * x / p + y * y / q) * c;
                default -> null;
              };
          return luma == null
              ? GreyPictures.noise(p * 1000L + q, width, height)
              : GreyPictures.of(width, height, luma);
        });
  }

  private static int bitsSet(GreyPicture picture) {
    return code(picture, Orientation.UPRIGHT).distance(BinaryCode.ofBytes(new byte[32], 256));
  }

  private static BinaryCode code(GreyPicture picture, Orientation way) {
    return new Pdq(picture, Orientation.UPRIGHT).code(way);
  }
}
