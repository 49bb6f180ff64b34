package io.twinstream.picture;

import static io.twinstream.picture.DecodedPicture.Decoder.IMAGEIO;
import static io.twinstream.picture.DecodedPicture.Decoder.OPENCV;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.schema.Orientation;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same samples are the same pixels, whichever way a file takes. */
class SamplesTest {
  /** Larger than any picture here, so that none is scaled. */
  private static final int FULL = 100_000;

  private static final int UPRIGHT = 1;
  private static final int TURNED = 3;

  /** As the transparent level, so that the file goes the other way and keeps all its levels. */
  private static final byte[] WHITE = {-1, -1};

  private static final int LEVELS = 1 << 16;
  private static final PictureDecoder DECODER = new PictureDecoder(50_000_000);

  @ParameterizedTest
  @ValueSource(ints = {8, 16})
  void inksAreMixedAlikeWhoeverDecodes(int bits) throws Exception {
    int factor = bits == 16 ? 257 : 1;
    int[] inks =
        IntStream.range(0, 1 << 16)
            .flatMap(i -> IntStream.of(i >> 8, i & 0xFF, (i >> 4) & 0xFF, i & 0xFF))
            .toArray();
    int[] samples = IntStream.of(inks).map(ink -> ink * factor).toArray();

    DecodedColours upright = decoded(TiffFile.of(256, TiffFile.INKS, 8, UPRIGHT, inks));
    DecodedColours turned = decoded(TiffFile.of(256, TiffFile.INKS, bits, TURNED, samples));

    assertThat(upright.picture().decoder()).isEqualTo(OPENCV);
    assertThat(turned.picture().decoder()).isEqualTo(IMAGEIO);
    assertThat(turned.picture().header().orientation()).isEqualTo(Orientation.TURN_180);
    assertThat(turned.colour().bgr()).isEqualTo(upright.colour().bgr());
  }

  @Test
  void aColourProfileIsNotAppliedByAnybody() throws Exception {
    int[] rgb = new Random(1).ints(3 * 64 * 64, 0, 256).toArray();
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();

    byte[] plain = decoded(TiffFile.of(64, TiffFile.RGB, 8, UPRIGHT, rgb)).colour().bgr();

    for (int orientation : new int[] {UPRIGHT, TURNED}) {
      byte[] file = TiffFile.of(64, TiffFile.RGB, 8, orientation, rgb, profile);
      assertThat(decoded(file).colour().bgr()).isEqualTo(plain);
    }
  }

  static Stream<Arguments> allLevels() {
    int[] grey = IntStream.range(0, LEVELS).toArray();
    int[] inverted = IntStream.of(grey).map(level -> LEVELS - 1 - level).toArray();
    int[] rgb = IntStream.of(grey).flatMap(level -> IntStream.of(level, level, level)).toArray();
    byte[] png = PictureFile.of(sixteenBits(ColorSpace.CS_GRAY, grey), "png");
    return Stream.of(
        Arguments.of("grey png", png, OPENCV),
        Arguments.of("grey png by ImageIO", PictureFile.pngWithChunk(png, "tRNS", WHITE), IMAGEIO),
        Arguments.of("png", PictureFile.of(sixteenBits(ColorSpace.CS_sRGB, rgb), "png"), OPENCV),
        Arguments.of("grey tiff", tiff(TiffFile.BLACK_IS_ZERO, UPRIGHT, grey), OPENCV),
        Arguments.of("turned grey tiff", tiff(TiffFile.BLACK_IS_ZERO, TURNED, grey), IMAGEIO),
        Arguments.of("inverted tiff", tiff(TiffFile.WHITE_IS_ZERO, UPRIGHT, inverted), IMAGEIO),
        Arguments.of("turned inverted", tiff(TiffFile.WHITE_IS_ZERO, TURNED, inverted), IMAGEIO),
        Arguments.of("tiff", tiff(TiffFile.RGB, UPRIGHT, rgb), OPENCV),
        Arguments.of("turned tiff", tiff(TiffFile.RGB, TURNED, rgb), IMAGEIO));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("allLevels")
  void ofSixteenBitsTheHighOnesCount(String name, byte[] file, DecodedPicture.Decoder decoder)
      throws Exception {
    DecodedColours colours = decoded(file);
    GreyPicture grey = DECODER.decode(file, FULL).grey();

    assertThat(colours.picture().decoder()).isEqualTo(decoder);
    for (int level = 0; level < LEVELS; level++) {
      assertThat(grey.luma()[level]).as("level %s", level).isEqualTo((byte) (level >> 8));
      assertThat(colours.picture().grey().luma()[level]).isEqualTo((byte) (level >> 8));
      for (int c = 0; c < 3; c++) {
        assertThat(colours.colour().bgr()[3 * level + c]).isEqualTo((byte) (level >> 8));
      }
    }
  }

  private static byte[] tiff(int photometric, int orientation, int[] samples) {
    return TiffFile.of(256, photometric, 16, orientation, samples);
  }

  private static BufferedImage sixteenBits(int space, int[] samples) {
    WritableRaster raster =
        Raster.createInterleavedRaster(
            DataBuffer.TYPE_USHORT, 256, 256, samples.length / LEVELS, null);
    raster.setPixels(0, 0, 256, 256, samples);
    ColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(space),
            false,
            false,
            Transparency.OPAQUE,
            raster.getTransferType());
    return new BufferedImage(model, raster, false, null);
  }

  @Test
  void allColoursHaveTheLumaThatOpenCvGivesThem() throws Exception {
    byte[] bgr = new byte[3 * 256 * 256];
    byte[] luma = new byte[256 * 256];
    byte[] byOpenCv = new byte[256 * 256];
    try (Mat colours = new Mat(256, 256, opencv_core.CV_8UC3);
        Mat grey = new Mat()) {
      for (int red = 0; red < 256; red++) {
        for (int i = 0; i < luma.length; i++) {
          bgr[3 * i] = (byte) i;
          bgr[3 * i + 1] = (byte) (i >> 8);
          bgr[3 * i + 2] = (byte) red;
        }
        Luma.ofBgr(bgr, luma);
        colours.data().put(bgr);
        opencv_imgproc.cvtColor(colours, grey, opencv_imgproc.COLOR_BGR2GRAY);
        grey.data().get(byOpenCv);

        assertThat(luma).isEqualTo(byOpenCv);
      }
    }
  }

  static Stream<Arguments> coloursInEveryFormat() {
    BufferedImage image = new BufferedImage(1024, 512, BufferedImage.TYPE_3BYTE_BGR);
    Random random = new Random(1);
    byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    random.nextBytes(bgr);
    byte[] luma = new byte[bgr.length / 3];
    Luma.ofBgr(bgr, luma);
    return Stream.of(
        Arguments.of("png", PictureFile.of(image, "png"), luma),
        Arguments.of("bmp", PictureFile.of(image, "bmp"), luma),
        Arguments.of("tiff", PictureFile.of(image, "tiff"), luma),
        Arguments.of("tiff with lzw", PictureFile.openCv(image, ".tiff"), luma),
        Arguments.of("lossless webp", PictureFile.losslessWebp(image), luma),
        Arguments.of("psd", PictureFile.psd(image), luma));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("coloursInEveryFormat")
  void theLumaOfColoursIsTheSameInEveryFormat(String name, byte[] file, byte[] luma)
      throws Exception {
    assertThat(DECODER.decode(file, FULL).grey().luma()).isEqualTo(luma);
    assertThat(decoded(file).picture().grey().luma()).isEqualTo(luma);
  }

  private static DecodedColours decoded(byte[] file) throws RefusedPictureException {
    return DECODER.decodeColours(file, FULL, 1);
  }
}
