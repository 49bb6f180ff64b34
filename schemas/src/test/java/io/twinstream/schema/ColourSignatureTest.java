package io.twinstream.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ColourSignatureTest {
  @Property
  void itIsReadAsItWasWrittenAndCorrelatesFullyWithItself(
      @ForAll @Size(ColourSignature.BOXES) List<@IntRange(min = 1, max = 10_000) Integer> pixels) {
    int[] counts = pixels.stream().mapToInt(Integer::intValue).toArray();
    ColourSignature signature = ColourSignature.ofCounts(counts);

    assertThat(ColourSignature.ofHex(signature.toHex()))
        .isEqualTo(signature)
        .hasSameHashCodeAs(signature);
    assertThat(signature.correlation(signature)).isOne();
  }

  @Property
  void howOftenAPictureIsScaledUpChangesNothing(
      @ForAll @Size(ColourSignature.BOXES) List<@IntRange(min = 1, max = 10_000) Integer> pixels) {
    int[] counts = pixels.stream().mapToInt(Integer::intValue).toArray();
    int[] larger = pixels.stream().mapToInt(count -> 4 * count).toArray();

    assertThat(ColourSignature.ofCounts(larger)).isEqualTo(ColourSignature.ofCounts(counts));
  }

  @Test
  void picturesWithNoColourInCommonDoNotCorrelate() {
    ColourSignature red = ColourSignature.ofCounts(counts(48, 1000));
    ColourSignature blue = ColourSignature.ofCounts(counts(3, 1000));

    assertThat(red.correlation(blue)).isCloseTo(0, within(0.05));
  }

  @Test
  void theMoreTwoPicturesShareTheMoreTheyCorrelate() {
    int[] one = counts(0, 900);
    one[21] = 100;
    int[] other = counts(0, 700);
    other[21] = 300;
    int[] far = counts(0, 100);
    far[63] = 900;

    ColourSignature signature = ColourSignature.ofCounts(one);

    assertThat(signature.correlation(ColourSignature.ofCounts(other)))
        .isGreaterThan(signature.correlation(ColourSignature.ofCounts(far)));
  }

  @Test
  void anotherLengthIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ColourSignature.ofHex("00ff"))
        .withMessageContaining("not 2");
  }

  private static int[] counts(int box, int count) {
    int[] counts = new int[ColourSignature.BOXES];
    counts[box] = count;
    return counts;
  }
}
