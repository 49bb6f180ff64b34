package io.twinstream.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is counted, what it bounds, and how the tail goes on. */
class DistancesTest {
  private final Distances distances = new Distances(256);

  @Test
  void theWidestRadiusIsTheLastThatLetsNoMoreThrough() {
    distances.add(90, 1);
    distances.add(92, 2);
    distances.add(257, 5);

    assertThat(distances.widest(0)).isEqualTo(89);
    assertThat(distances.widest(1)).isEqualTo(91);
    assertThat(distances.widest(2)).isEqualTo(91);
    assertThat(distances.widest(3)).isEqualTo(256);
    assertThat(distances.within(92)).isEqualTo(3);
    assertThat(distances.total()).isEqualTo(8);
    assertThat(distances.shareWithin(256)).isEqualTo(3 / 8.0);
  }

  @Test
  void whatIsSeenAtOnceLeavesNoRadius() {
    distances.add(0, 1);

    assertThat(distances.widest(0)).isEqualTo(-1);
  }

  @Test
  void boundsAreThoseOfTheTables() {
    // The rule of three: nothing in n bounds the rate at about 3 / n.
    assertThat(RateBound.above(0, 79_800)).isCloseTo(3.754e-5, within(1e-8));
    // Clopper and Pearson, 95 %, one-sided: 1 of 20 and 2 of 100.
    assertThat(RateBound.above(1, 20)).isCloseTo(0.2161, within(1e-4));
    assertThat(RateBound.above(2, 100)).isCloseTo(0.0616, within(1e-4));
    assertThat(RateBound.above(7, 7)).isEqualTo(1);
  }

  @Test
  void theTailOfANormalDistributionIsFoundAgainBeyondWhatWasSeen() {
    // 300 pictures, whose pairs are 128 bits apart, give or take 8.
    short[][] pairs = pairs(300, 128, 8);

    Tail tail = Tail.of(pairs, 256).orElseThrow();

    // Φ(−5) and Φ(−6).
    assertThat(tail.share(88)).isBetween(2.87e-7 / 8, 2.87e-7 * 8);
    assertThat(tail.shareAtMost(88)).isGreaterThan(tail.share(88));
    assertThat(tail.shareAtMost(80)).isGreaterThan(9.9e-10);
    assertThat(tail.isExtrapolated(80)).isTrue();
    assertThat(tail.isExtrapolated(120)).isFalse();
    int widest = tail.widest(1e-7);
    assertThat(tail.shareAtMost(widest)).isLessThanOrEqualTo(1e-7);
    assertThat(tail.shareAtMost(widest + 1)).isGreaterThan(1e-7);
  }

  @Test
  void ofPicturesThatAreAllEquallyFarApartNothingCanBeSaid() {
    short[][] pairs = pairs(60, 128, 0);

    assertThat(Tail.of(pairs, 256)).isEmpty();
  }

  private static short[][] pairs(int pictures, double mean, double deviation) {
    SplittableRandom random = new SplittableRandom(5);
    short[][] pairs = new short[pictures][];
    for (int i = 0; i < pictures; i++) {
      pairs[i] = new short[i];
      for (int j = 0; j < i; j++) {
        pairs[i][j] = (short) Math.round(random.nextGaussian(mean, deviation));
      }
    }
    return pairs;
  }
}
