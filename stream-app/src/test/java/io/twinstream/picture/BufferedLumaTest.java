package io.twinstream.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BufferedLumaTest {
  private static final int SIZE = 64;

  static Stream<Integer> colourTypes() {
    return Stream.of(
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_BGR,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_INT_ARGB_PRE,
        BufferedImage.TYPE_4BYTE_ABGR,
        BufferedImage.TYPE_4BYTE_ABGR_PRE,
        BufferedImage.TYPE_BYTE_INDEXED);
  }

  @ParameterizedTest
  @MethodSource("colourTypes")
  void thePixelsCountAndNotHowTheyAreKept(int type) {
    BufferedImage image = noise(5, 90, 70, type);

    GreyPicture grey = BufferedLuma.of(image);

    assertThat(grey.width()).isEqualTo(90);
    assertThat(grey.height()).isEqualTo(70);
    assertRounded(grey, image);
  }

  @ParameterizedTest
  @MethodSource("colourTypes")
  void aPartOfAPictureIsThatPartAndNothingAroundIt(int type) {
    BufferedImage part = noise(7, 120, 100, type).getSubimage(11, 23, 70, 51);

    assertRounded(BufferedLuma.of(part), part);
  }

  @Test
  void greyLevelsAreTakenAsTheyAre() {
    BufferedImage grey = greyRamp(BufferedImage.TYPE_BYTE_GRAY, 1);

    assertThat(levels(BufferedLuma.of(grey))).containsExactly(ramp());
  }

  @Test
  void coloursWithoutColourAreTheSameLevels() {
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < SIZE * SIZE; i++) {
      image.setRGB(i % SIZE, i / SIZE, 0x010101 * 4 * (i % SIZE));
    }

    assertThat(levels(BufferedLuma.of(image))).containsExactly(ramp());
  }

  @Test
  void aPartOfAGreyPictureHasTheSameLevelsAsTheWhole() {
    BufferedImage whole = new BufferedImage(100, 100, BufferedImage.TYPE_BYTE_GRAY);
    whole
        .getSubimage(20, 10, SIZE, SIZE)
        .setData(greyRamp(BufferedImage.TYPE_BYTE_GRAY, 1).getData());

    assertThat(levels(BufferedLuma.of(whole.getSubimage(20, 10, SIZE, SIZE))))
        .containsExactly(ramp());
  }

  @Test
  void sixteenBitsOfGreyAreTheSameLevels() {
    BufferedImage grey = greyRamp(BufferedImage.TYPE_USHORT_GRAY, 257);

    assertThat(levels(BufferedLuma.of(grey))).containsExactly(ramp());
  }

  @Test
  void greyWithFullAlphaIsTheSameLevels() {
    assertThat(levels(BufferedLuma.of(greyWithAlpha(255)))).containsExactly(ramp());
  }

  @Test
  void greyThatIsTransparentLiesOnWhite() {
    int[] expected = ramp();
    for (int i = 0; i < expected.length; i++) {
      expected[i] = Math.round(0.8f * 255 + 0.2f * expected[i]);
    }

    assertThat(levels(BufferedLuma.of(greyWithAlpha(51)))).containsExactly(expected);
  }

  @Test
  void oneBitAPixelIsBlackOrWhite() {
    BufferedImage binary = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
    binary.setRGB(0, 0, Color.WHITE.getRGB());

    assertThat(levels(BufferedLuma.of(binary))).containsExactly(255, 0);
  }

  @Test
  void whatIsTransparentLiesOnWhite() {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00_000000);
    image.setRGB(1, 0, 0x80_000000);
    image.setRGB(2, 0, 0xFF_000000);

    assertThat(levels(BufferedLuma.of(image))).containsExactly(255, 127, 0);
  }

  @Test
  void whiteIsWhiteAndNeverWrapsAroundToBlack() {
    BufferedImage white = new BufferedImage(1, 1, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = white.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, 1, 1);
    graphics.dispose();

    assertThat(levels(BufferedLuma.of(white))).containsExactly(255);
  }

  private static int[] levels(GreyPicture picture) {
    int[] levels = new int[picture.luma().length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = picture.luma()[i] & 0xFF;
    }
    return levels;
  }

  private static void assertRounded(GreyPicture grey, BufferedImage image) {
    int[] levels = levels(grey);
    for (int i = 0; i < levels.length; i++) {
      Color color = new Color(image.getRGB(i % image.getWidth(), i / image.getWidth()));
      double luma = 0.299 * color.getRed() + 0.587 * color.getGreen() + 0.114 * color.getBlue();
      // Luma is computed in fixed point.
      assertThat((double) levels[i]).isCloseTo(luma, Offset.offset(0.51));
    }
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

  private static int[] ramp() {
    int[] levels = new int[SIZE * SIZE];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = 4 * (i % SIZE);
    }
    return levels;
  }
}
