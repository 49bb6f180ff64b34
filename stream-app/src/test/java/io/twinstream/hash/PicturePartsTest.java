package io.twinstream.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.picture.GreyPicture;
import io.twinstream.schema.View;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PicturePartsTest {
  private static final GreyPicture NOISE = noise(100, 80);

  @Test
  void aPictureWithoutBordersHasNoTrimmedPart() {
    assertThat(PictureParts.of(NOISE, View.TRIMMED)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 128, 255})
  void bordersOfAnyColourAreTakenOffEachSideForItself(int colour) {
    GreyPicture framed = framed(NOISE, 7, 3, 0, 12, colour);

    GreyPicture trimmed = PictureParts.of(framed, View.TRIMMED).orElseThrow();

    assertThat(trimmed.width()).isEqualTo(100);
    assertThat(trimmed.height()).isEqualTo(80);
    assertThat(trimmed.luma()).isEqualTo(NOISE.luma());
  }

  @Test
  void whatIsMostlyBorderOrNothingElseHasNoTrimmedPart() {
    assertThat(PictureParts.of(framed(NOISE, 60, 60, 60, 60, 255), View.TRIMMED)).isEmpty();
    assertThat(PictureParts.of(new GreyPicture(50, 50, new byte[2500]), View.TRIMMED)).isEmpty();
  }

  @Test
  void aBorderEndsWhereItsColourChanges() {
    GreyPicture twice = framed(framed(NOISE, 5, 5, 5, 5, 200), 10, 10, 10, 10, 20);

    GreyPicture trimmed = PictureParts.of(twice, View.TRIMMED).orElseThrow();

    assertThat(trimmed.width()).isEqualTo(110);
    assertThat(trimmed.height()).isEqualTo(90);
  }

  @Test
  void middlesAreCutFromAllSidesAlikeUnlessTheyWouldBeTooSmall() {
    GreyPicture middle = PictureParts.of(NOISE, View.CENTRE_60).orElseThrow();

    assertThat(middle.width()).isEqualTo(60);
    assertThat(middle.height()).isEqualTo(48);
    assertThat(middle.luma()[0]).isEqualTo(NOISE.luma()[16 * 100 + 20]);
    assertThat(PictureParts.of(noise(60, 50), View.CENTRE_60)).isEmpty();
    assertThat(PictureParts.of(noise(60, 50), View.CENTRE_85)).isPresent();
  }

  private static GreyPicture noise(int width, int height) {
    byte[] luma = new byte[width * height];
    new SplittableRandom(3).nextBytes(luma);
    return new GreyPicture(width, height, luma);
  }

  private static GreyPicture framed(
      GreyPicture picture, int left, int top, int right, int bottom, int colour) {
    int width = picture.width() + left + right;
    int height = picture.height() + top + bottom;
    byte[] luma = new byte[width * height];
    Arrays.fill(luma, (byte) colour);
    for (int y = 0; y < picture.height(); y++) {
      System.arraycopy(
          picture.luma(), y * picture.width(), luma, (y + top) * width + left, picture.width());
    }
    return new GreyPicture(width, height, luma);
  }
}
