package io.twinstream.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.twinstream.picture.ColourPicture;
import io.twinstream.picture.DecodedColours;
import io.twinstream.picture.DecodedPicture;
import io.twinstream.picture.GreyPicture;
import io.twinstream.picture.PictureHeader;
import io.twinstream.schema.DominantColour;
import io.twinstream.schema.ImageFormat;
import io.twinstream.schema.Measures;
import io.twinstream.schema.Orientation;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

class PictureMeasuresTest {
  private static final int RED = 0xD02020;
  private static final int BLUE = 0x2030C0;

  @Test
  void aFlatGreyPictureHasNothingToMeasure() {
    Measures measures = measured(300, 200, (_, _) -> 0x808080);

    assertThat(measures.sharpness()).isZero();
    assertThat(measures.blockiness()).isZero();
    assertThat(measures.colourfulness()).isZero();
    assertThat(measures.dominantColours()).containsExactly(new DominantColour("#808080", 1));
  }

  @Test
  void theSofterThePictureTheLessSharpItIs() {
    double fine =
        measured(300, 300, (x, y) -> grey(128 + 100 * Math.sin(x) * Math.sin(y))).sharpness();
    double soft =
        measured(300, 300, (x, y) -> grey(128 + 100 * Math.sin(x / 4.0) * Math.sin(y / 4.0)))
            .sharpness();

    assertThat(fine).isGreaterThan(4 * soft);
    assertThat(soft).isPositive();
  }

  @Test
  void aLargeCopyIsAboutAsSharpAsASmallOne() {
    double small = measured(512, 512, PictureMeasuresTest::waves).sharpness();
    double large = measured(1024, 1024, (x, y) -> waves(x / 2, y / 2)).sharpness();

    assertThat(large).isCloseTo(small, within(0.15 * small));
  }

  @Test
  void blocksOfEightAreSeenAndBlocksOfSevenAreNot() {
    double eight = measured(320, 320, (x, y) -> block(x, y, 8)).blockiness();
    double seven = measured(320, 320, (x, y) -> block(x, y, 7)).blockiness();

    assertThat(eight).isGreaterThan(0.8);
    assertThat(seven).isLessThan(0.2);
  }

  @Test
  void blocksAreSeenAtHalfScaleAndNoLongerAtAQuarter() {
    GreyPicture halved = decoded(320, 320, (x, y) -> block(x, y, 4)).picture().grey();

    assertThat(Blockiness.of(halved, 2)).isGreaterThan(0.7);
    assertThat(Blockiness.of(halved, 4)).isZero();
  }

  @Test
  void coloursAreListedByTheirShare() {
    Measures measures = measured(200, 200, (x, _) -> x < 140 ? RED : BLUE);

    assertThat(measures.dominantColours())
        .extracting(DominantColour::rgb)
        .containsExactly("#d02020", "#2030c0");
    assertThat(measures.dominantColours().getFirst().share()).isCloseTo(0.7, within(0.01));
    assertThat(measures.colourfulness()).isGreaterThan(80);
  }

  @Test
  void shadesOfOneColourAreOne() {
    Random random = new Random(1);
    Measures measures = measured(200, 200, (_, _) -> RED + random.nextInt(24) * 0x010101);

    assertThat(measures.dominantColours()).hasSize(1);
    assertThat(measures.dominantColours().getFirst().share()).isOne();
  }

  @Test
  void theSignatureDoesNotChangeWithSizeAndTurning() {
    IntBinaryOperator picture = (x, y) -> x + 2 * y < 300 ? RED : BLUE;
    Measures one = measured(256, 256, picture);
    Measures larger = measured(512, 512, (x, y) -> picture.applyAsInt(x / 2, y / 2));
    Measures mirrored = measured(256, 256, (x, y) -> picture.applyAsInt(255 - x, y));
    Measures other = measured(256, 256, (x, y) -> picture.applyAsInt(x, y) ^ 0xFFFFFF);

    assertThat(one.colours().correlation(larger.colours())).isGreaterThan(0.99);
    assertThat(one.colours().correlation(mirrored.colours())).isGreaterThan(0.99);
    assertThat(one.colours().correlation(other.colours())).isLessThan(0.1);
  }

  @Test
  void theBetterCopyHasTheHigherScore() {
    int best = score(1024, 768, ImageFormat.PNG, 900_000);
    int large = score(1024, 768, ImageFormat.JPEG, 200_000);
    int squeezed = score(1024, 768, ImageFormat.JPEG, 20_000);
    int small = score(320, 240, ImageFormat.JPEG, 20_000);

    assertThat(best).isGreaterThan(large);
    assertThat(large).isGreaterThan(squeezed);
    assertThat(large).isGreaterThan(small);
    assertThat(best).isLessThanOrEqualTo(100);
    assertThat(score(1, 1, ImageFormat.GIF, 40)).isBetween(0, 100);
  }

  private static int score(int width, int height, ImageFormat format, long bytes) {
    return CopyQuality.of(header(format, width, height), bytes, 20, 0).total();
  }

  private static int waves(int x, int y) {
    return grey(128 + 60 * Math.sin(x / 5.0) + 60 * Math.cos(y / 7.0));
  }

  private static int block(int x, int y, int side) {
    return grey(new Random(31L * (x / side) + y / side).nextInt(60, 200));
  }

  private static int grey(double level) {
    return ((int) level) * 0x010101;
  }

  private static Measures measured(int width, int height, IntBinaryOperator rgb) {
    return PictureMeasures.of(decoded(width, height, rgb), 50_000);
  }

  private static DecodedColours decoded(int width, int height, IntBinaryOperator rgb) {
    byte[] bgr = new byte[3 * width * height];
    for (int i = 0; i < width * height; i++) {
      int pixel = rgb.applyAsInt(i % width, i / width);
      bgr[3 * i] = (byte) pixel;
      bgr[3 * i + 1] = (byte) (pixel >> 8);
      bgr[3 * i + 2] = (byte) (pixel >> 16);
    }
    ColourPicture colour = new ColourPicture(width, height, bgr);
    PictureHeader header = header(ImageFormat.JPEG, width, height);
    return new DecodedColours(
        new DecodedPicture(header, colour.toGrey(), DecodedPicture.Decoder.OPENCV, 1), colour);
  }

  private static PictureHeader header(ImageFormat format, int width, int height) {
    return new PictureHeader(format, width, height, 1, Orientation.UPRIGHT, false, false, false);
  }
}
