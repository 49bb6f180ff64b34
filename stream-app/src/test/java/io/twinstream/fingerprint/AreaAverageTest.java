package io.twinstream.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Against the definition of an area average, added up cell by cell. */
class AreaAverageTest {
  private static final int SIZE = 64;
  private static final float TOLERANCE = 0.01f;

  @Property(tries = 60)
  void isTheMeanOfTheAreaThatEachPixelCovers(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 150) int width,
      @ForAll @IntRange(min = 1, max = 150) int height,
      @ForAll @IntRange(min = 1, max = 20) int size) {
    BufferedImage image = noise(seed, width, height, BufferedImage.TYPE_INT_RGB);

    assertThat(AreaAverage.toGrey(image, size)).containsExactly(cellByCell(image, size), within());
  }

  @ParameterizedTest
  @CsvSource({"1,1", "3,200", "200,3", "63,65", "64,64", "1,500", "500,1", "129,127"})
  void oddSizesAreNoExceptions(int width, int height) {
    BufferedImage image = noise(1, width, height, BufferedImage.TYPE_3BYTE_BGR);

    assertThat(AreaAverage.toGrey(image, SIZE)).containsExactly(cellByCell(image, SIZE), within());
  }

  static Stream<Integer> opaqueColourTypes() {
    return Stream.of(
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_BGR,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_INT_ARGB_PRE,
        BufferedImage.TYPE_4BYTE_ABGR,
        BufferedImage.TYPE_4BYTE_ABGR_PRE);
  }

  @ParameterizedTest
  @MethodSource("opaqueColourTypes")
  void thePixelsCountAndNotHowTheyAreKept(int type) {
    BufferedImage image = Pictures.scene(5, 90, 70);

    assertThat(AreaAverage.toGrey(Pictures.as(type, image), SIZE))
        .containsExactly(AreaAverage.toGrey(image, SIZE), within());
  }

  @ParameterizedTest
  @MethodSource("opaqueColourTypes")
  void aPartOfAPictureIsThatPartAndNothingAroundIt(int type) {
    BufferedImage whole = noise(7, 120, 100, type);
    BufferedImage part = whole.getSubimage(11, 23, 70, 51);

    assertThat(AreaAverage.toGrey(part, SIZE)).containsExactly(cellByCell(part, SIZE), within());
  }

  @Test
  void greyLevelsAreTakenAsTheyAre() {
    BufferedImage grey = greyRamp(BufferedImage.TYPE_BYTE_GRAY, 1);

    assertThat(AreaAverage.toGrey(grey, SIZE)).containsExactly(ramp(), within());
  }

  @Test
  void aPartOfAGreyPictureHasTheSameLevelsAsTheWhole() {
    BufferedImage whole = new BufferedImage(100, 100, BufferedImage.TYPE_BYTE_GRAY);
    whole
        .getSubimage(20, 10, SIZE, SIZE)
        .setData(greyRamp(BufferedImage.TYPE_BYTE_GRAY, 1).getData());

    assertThat(AreaAverage.toGrey(whole.getSubimage(20, 10, SIZE, SIZE), SIZE))
        .containsExactly(ramp(), within());
  }

  @Test
  void sixteenBitsOfGreyAreTheSameLevels() {
    BufferedImage grey = greyRamp(BufferedImage.TYPE_USHORT_GRAY, 257);

    assertThat(AreaAverage.toGrey(grey, SIZE)).containsExactly(ramp(), withinOneLevel());
  }

  @Test
  void greyWithFullAlphaIsTheSameLevels() {
    BufferedImage grey = greyWithAlpha(255);

    assertThat(AreaAverage.toGrey(grey, SIZE)).containsExactly(ramp(), withinOneLevel());
  }

  @Test
  void greyThatIsTransparentLiesOnWhite() {
    float[] onWhite = AreaAverage.toGrey(greyWithAlpha(51), SIZE);

    float[] expected = ramp();
    for (int i = 0; i < expected.length; i++) {
      expected[i] = 0.8f * 255 + 0.2f * expected[i];
    }
    assertThat(onWhite).containsExactly(expected, withinOneLevel());
  }

  @Test
  void aPaletteIsLookedUp() {
    BufferedImage palette = Pictures.as(BufferedImage.TYPE_BYTE_INDEXED, Pictures.scene(3, 90, 90));

    assertThat(AreaAverage.toGrey(palette, SIZE))
        .containsExactly(cellByCell(palette, SIZE), within());
  }

  @Test
  void oneBitAPixelIsBlackOrWhite() {
    BufferedImage binary = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
    binary.setRGB(0, 0, Color.WHITE.getRGB());

    assertThat(AreaAverage.toGrey(binary, 2)).containsExactly(new float[] {255, 0, 255, 0});
  }

  @Test
  void whatIsTransparentLiesOnWhite() {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00_000000);
    image.setRGB(1, 0, 0x80_000000);
    image.setRGB(2, 0, 0xFF_000000);

    float[] grey = AreaAverage.toGrey(image, 3);

    assertThat(grey).startsWith(new float[] {255, 127, 0}, withinOneLevel());
  }

  @Test
  void whiteIsWhiteAndNeverWrapsAroundToBlack() {
    BufferedImage white = Pictures.flat(Color.WHITE, 101, 77);

    for (float value : AreaAverage.toGrey(white, SIZE)) {
      assertThat(Math.round(value)).isEqualTo(255);
    }
  }

  private static float[] cellByCell(BufferedImage image, int size) {
    float[] grey = new float[size * size];
    double cellWidth = (double) image.getWidth() / size;
    double cellHeight = (double) image.getHeight() / size;
    for (int i = 0; i < grey.length; i++) {
      int row = i / size;
      int column = i % size;
      double sum = 0;
      for (int y = 0; y < image.getHeight(); y++) {
        double high = overlap(y, row * cellHeight, (row + 1) * cellHeight);
        for (int x = 0; high > 0 && x < image.getWidth(); x++) {
          double wide = overlap(x, column * cellWidth, (column + 1) * cellWidth);
          sum += wide > 0 ? wide * high * luma(image.getRGB(x, y)) : 0;
        }
      }
      grey[i] = (float) (sum / (cellWidth * cellHeight));
    }
    return grey;
  }

  /** How much of the pixel from {@code at} to {@code at + 1} lies between the two bounds. */
  private static double overlap(int at, double from, double to) {
    return Math.min(at + 1.0, to) - Math.max(at, from);
  }

  private static double luma(int rgb) {
    Color color = new Color(rgb);
    return 0.299 * color.getRed() + 0.587 * color.getGreen() + 0.114 * color.getBlue();
  }

  private static BufferedImage noise(long seed, int width, int height, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    Random random = new Random(seed);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, 0xFF000000 | random.nextInt());
      }
    }
    return image;
  }

  /** Columns from black to white, written into the samples themselves. */
  private static BufferedImage greyRamp(int type, int factor) {
    BufferedImage image = new BufferedImage(SIZE, SIZE, type);
    for (int i = 0; i < SIZE * SIZE; i++) {
      image.getRaster().setSample(i % SIZE, i / SIZE, 0, 4 * (i % SIZE) * factor);
    }
    return image;
  }

  private static BufferedImage greyWithAlpha(int alpha) {
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, SIZE, SIZE, 2, null);
    for (int i = 0; i < SIZE * SIZE; i++) {
      raster.setPixel(i % SIZE, i / SIZE, new int[] {4 * (i % SIZE), alpha});
    }
    return new BufferedImage(
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY),
            true,
            false,
            ComponentColorModel.TRANSLUCENT,
            DataBuffer.TYPE_BYTE),
        raster,
        false,
        null);
  }

  private static float[] ramp() {
    float[] grey = new float[SIZE * SIZE];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = 4 * (i % SIZE);
    }
    return grey;
  }

  private static Offset<Float> within() {
    return Offset.offset(TOLERANCE);
  }

  private static Offset<Float> withinOneLevel() {
    return Offset.offset(1f);
  }
}
