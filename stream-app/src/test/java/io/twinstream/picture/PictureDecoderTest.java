package io.twinstream.picture;

import static io.twinstream.picture.DecodedPicture.Decoder.IMAGEIO;
import static io.twinstream.picture.DecodedPicture.Decoder.OPENCV;
import static io.twinstream.picture.Difference.furthest;
import static io.twinstream.picture.Difference.mean;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinstream.schema.FailureReason;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureDecoderTest {
  /** Larger than any picture here, so that none is scaled. */
  private static final int FULL = 100_000;

  private static final BufferedImage SCENE = Painting.scene(1, 300, 200);
  private static final BufferedImage FADING = Painting.fading(SCENE);
  private static final PictureDecoder DECODER = new PictureDecoder(50_000_000);

  static Stream<Arguments> sameLevels() {
    return Stream.of(
        Arguments.of("png", PictureFile.of(SCENE, "png"), OPENCV),
        Arguments.of("interlaced png", PictureFile.interlaced(SCENE, "png"), OPENCV),
        Arguments.of("16-bit png", PictureFile.of(Painting.samples(SCENE, 3, 16), "png"), OPENCV),
        Arguments.of(
            "png with gamma",
            PictureFile.pngWithChunk(
                PictureFile.of(SCENE, "png"), "gAMA", new byte[] {0, 0, (byte) 0xB1, (byte) 0x8F}),
            OPENCV),
        Arguments.of(
            "png that says it is sRGB",
            PictureFile.pngWithChunk(PictureFile.of(SCENE, "png"), "sRGB", new byte[] {0}),
            OPENCV),
        Arguments.of("bmp", PictureFile.of(SCENE, "bmp"), OPENCV),
        Arguments.of("tiff", PictureFile.of(SCENE, "tiff"), OPENCV),
        Arguments.of("tiff with lzw", PictureFile.openCv(SCENE, ".tiff"), OPENCV),
        Arguments.of(
            "turned tiff",
            PictureFile.tiffWithOrientation(SCENE, 2, ByteOrder.BIG_ENDIAN),
            IMAGEIO),
        Arguments.of("lossless webp", PictureFile.losslessWebp(SCENE), OPENCV),
        Arguments.of("psd", PictureFile.psd(SCENE), IMAGEIO));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sameLevels")
  void losslessFormatsHaveTheSameLuma(String name, byte[] file, DecodedPicture.Decoder expected)
      throws Exception {
    DecodedPicture decoded = DECODER.decode(file, FULL);

    assertThat(decoded.decoder()).isEqualTo(expected);
    assertThat(decoded.scale()).isEqualTo(1);
    assertThat(furthest(decoded.grey(), SCENE)).isLessThanOrEqualTo(1.01);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sameLevels")
  void losslessFormatsHaveTheSameColours(String name, byte[] file, DecodedPicture.Decoder expected)
      throws Exception {
    DecodedColours decoded = DECODER.decodeColours(file, FULL, 1);

    byte[] bgr = decoded.colour().bgr();
    for (int i = 0; i < bgr.length; i++) {
      int rgb = SCENE.getRGB(i / 3 % 300, i / 3 / 300);
      assertThat(bgr[i] & 0xFF).isEqualTo((rgb >> (8 * (i % 3))) & 0xFF);
    }
    assertThat(furthest(decoded.picture().grey(), SCENE)).isLessThanOrEqualTo(0.51);
  }

  static Stream<Arguments> lossyFiles() {
    return Stream.of(
        Arguments.of("jpeg", PictureFile.of(SCENE, "jpeg")),
        Arguments.of("progressive jpeg", PictureFile.interlaced(SCENE, "jpeg")),
        Arguments.of("fine progressive jpeg", PictureFile.progressiveJpeg(SCENE)),
        Arguments.of("webp", PictureFile.openCv(SCENE, ".webp")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lossyFiles")
  void lossyFormatsAreNear(String name, byte[] file) throws Exception {
    DecodedPicture decoded = DECODER.decode(file, FULL);

    assertThat(decoded.decoder()).isEqualTo(OPENCV);
    assertThat(mean(decoded.grey(), SCENE)).isLessThan(4);
  }

  static Stream<Arguments> transparentFiles() {
    BufferedImage greyFading = Painting.samples(FADING, 2, 8);
    return Stream.of(
        Arguments.of("png", PictureFile.of(FADING, "png"), OPENCV),
        Arguments.of("16-bit png", PictureFile.of(Painting.samples(FADING, 4, 16), "png"), OPENCV),
        Arguments.of("lossless webp", PictureFile.losslessWebp(FADING), OPENCV),
        Arguments.of("tiff", PictureFile.of(FADING, "tiff"), IMAGEIO),
        Arguments.of("bmp with an alpha mask", PictureFile.openCv(FADING, ".bmp"), OPENCV),
        Arguments.of("grey png", PictureFile.of(greyFading, "png"), IMAGEIO),
        Arguments.of(
            "16-bit grey png", PictureFile.of(Painting.samples(FADING, 2, 16), "png"), IMAGEIO),
        Arguments.of("grey tiff", PictureFile.of(greyFading, "tiff"), IMAGEIO),
        Arguments.of("icon", PictureFile.icon(PictureFile.of(FADING, "png"), 0, 200), IMAGEIO));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("transparentFiles")
  void whatIsTransparentLiesOnWhite(String name, byte[] file, DecodedPicture.Decoder expected)
      throws Exception {
    DecodedPicture decoded = DECODER.decode(file, FULL);

    assertThat(decoded.decoder()).isEqualTo(expected);
    assertThat(decoded.header().transparent()).isTrue();
    assertThat(furthest(decoded.grey(), FADING)).isLessThanOrEqualTo(1.6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "gif"})
  void aTransparentPlaceInAPaletteIsWhite(String format) throws Exception {
    BufferedImage palette = Painting.palette(SCENE);

    DecodedPicture decoded = DECODER.decode(PictureFile.of(palette, format), FULL);

    assertThat(decoded.header().transparent()).isTrue();
    assertThat(furthest(decoded.grey(), palette)).isLessThanOrEqualTo(1.01);
  }

  @Test
  void aTransparentGreyLevelIsWhite() throws Exception {
    BufferedImage grey = Painting.grey(SCENE);
    int level = grey.getRaster().getSample(10, 10, 0);
    byte[] file =
        PictureFile.pngWithChunk(PictureFile.of(grey, "png"), "tRNS", new byte[] {0, (byte) level});

    GreyPicture decoded = DECODER.decode(file, FULL).grey();

    for (int i = 0; i < decoded.luma().length; i++) {
      int stored = grey.getRaster().getSample(i % 300, i / 300, 0);
      assertThat(decoded.luma()[i] & 0xFF).isEqualTo(stored == level ? 255 : stored);
    }
  }

  @ParameterizedTest
  @CsvSource({"png,8", "png,16", "tiff,8", "tiff,16", "bmp,8", "gif,8", "jpeg,8"})
  void greyLevelsStayAsTheyAre(String format, int bits) throws Exception {
    BufferedImage grey = Painting.grey(SCENE);
    BufferedImage written = bits == 16 ? Painting.samples(SCENE, 1, 16) : grey;

    GreyPicture decoded = DECODER.decode(PictureFile.of(written, format), FULL).grey();

    double sum = 0;
    for (int i = 0; i < decoded.luma().length; i++) {
      sum += Math.abs((decoded.luma()[i] & 0xFF) - grey.getRaster().getSample(i % 300, i / 300, 0));
    }
    assertThat(sum / decoded.luma().length).isLessThan(format.equals("jpeg") ? 4 : 0.01);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "gif", "tiff"})
  void oneBitAPixelIsBlackOrWhite(String format) throws Exception {
    BufferedImage binary = Painting.as(BufferedImage.TYPE_BYTE_BINARY, SCENE);

    DecodedPicture decoded = DECODER.decode(PictureFile.of(binary, format), FULL);

    assertThat(furthest(decoded.grey(), binary)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"jpeg,256,1", "jpeg,200,2", "jpeg,100,4", "jpeg,50,8", "png,256,1", "png,50,8"})
  void aPictureIsScaledAsFarAsItsShorterSideMay(String format, int minSide, int scale)
      throws Exception {
    byte[] file = PictureFile.of(Painting.scene(3, 611, 400), format);

    DecodedPicture decoded = DECODER.decode(file, minSide);

    assertThat(decoded.scale()).isEqualTo(scale);
    assertThat(decoded.grey().width()).isEqualTo(Math.ceilDiv(611, scale));
    assertThat(decoded.grey().height()).isEqualTo(400 / scale);
    assertThat(decoded.header().width()).isEqualTo(611);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void theCodecAndTheMeanScaleAlike(int scale) throws Exception {
    BufferedImage image = Painting.scene(3, 640, 480);
    int minSide = 480 / scale;

    GreyPicture jpeg = DECODER.decode(PictureFile.of(image, "jpeg"), minSide).grey();
    GreyPicture png = DECODER.decode(PictureFile.of(image, "png"), minSide).grey();
    GreyPicture psd = DECODER.decode(PictureFile.psd(image), minSide).grey();

    assertThat(mean(jpeg, png)).isLessThan(2.5);
    assertThat(mean(psd, png)).isLessThan(0.01);
  }

  @Test
  void ofALargePictureThatOpenCvCannotReadPixelsAreLeftOutWhileReading() throws Exception {
    byte[] psd = PictureFile.psd(Painting.scene(3, 641, 480));
    PictureHeader header = PictureHeader.read(psd);

    GreyPicture all = new ImageIoDecoder(1_000_000).decode(psd, header, Channels.GREY, 4).grey();
    GreyPicture some = new ImageIoDecoder(100_000).decode(psd, header, Channels.GREY, 4).grey();

    assertThat(some.width()).isEqualTo(161);
    assertThat(some.height()).isEqualTo(120);
    assertThat(mean(some, all)).isBetween(0.1, 4.0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gif", "webp", "png"})
  void ofAnAnimationTheFirstFrameCounts(String format) throws Exception {
    BufferedImage first = Painting.scene(6, 120, 80);
    byte[] animation = PictureFile.animation("." + format, first, Painting.scene(7, 120, 80));

    DecodedPicture decoded = DECODER.decode(animation, FULL);

    assertThat(decoded.header().frames()).isEqualTo(2);
    assertThat(decoded.decoder()).isEqualTo(OPENCV);
    assertThat(mean(decoded.grey(), first)).isLessThan(12);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aroundAFrameThatIsSmallerThanItsPictureItIsWhite(int missingBytes) throws Exception {
    byte[] file = PictureFile.gifInLargerCanvas(SCENE, 400, 300, 40, 50);

    DecodedPicture decoded = DECODER.decode(PictureFile.without(file, missingBytes), FULL);

    assertThat(decoded.decoder()).isEqualTo(IMAGEIO);
    byte[] luma = decoded.grey().luma();
    byte[] frame = DECODER.decode(PictureFile.of(SCENE, "gif"), FULL).grey().luma();
    for (int i = 0; i < luma.length; i++) {
      int x = i % 400 - 40;
      int y = i / 400 - 50;
      boolean within = x >= 0 && x < 300 && y >= 0 && y < 200;
      int expected = within ? frame[y * 300 + x] & 0xFF : 255;
      assertThat(luma[i] & 0xFF).isBetween(expected - 1, expected + 1);
    }
  }

  @Test
  void aFrameThatReachesBeyondItsPictureEnlargesIt() throws Exception {
    byte[] file = PictureFile.gifInLargerCanvas(SCENE, 200, 220, 40, 50);

    DecodedPicture decoded = DECODER.decode(file, FULL);

    assertThat(decoded.header().width()).isEqualTo(340);
    assertThat(decoded.header().height()).isEqualTo(250);
    byte[] frame = DECODER.decode(PictureFile.of(SCENE, "gif"), FULL).grey().luma();
    for (int i = 0; i < 340 * 250; i++) {
      int x = i % 340 - 40;
      int y = i / 340 - 50;
      int expected = x >= 0 && y >= 0 ? frame[y * 300 + x] & 0xFF : 255;
      assertThat(decoded.grey().luma()[i] & 0xFF).isBetween(expected - 1, expected + 1);
    }
  }

  @Test
  void ofAGifAllThatItEnlargesToIsCounted() {
    byte[] file = PictureFile.gifInLargerCanvas(SCENE, 300, 200, 65_000, 65_000);

    RefusedPictureException refusal =
        catchThrowableOfType(RefusedPictureException.class, () -> DECODER.decode(file, FULL));

    assertThat(refusal.reason()).isEqualTo(FailureReason.TOO_MANY_PIXELS);
  }

  @Test
  void coloursAreScaledLikeGrey() throws Exception {
    byte[] file = PictureFile.of(Painting.scene(3, 640, 480), "jpeg");

    DecodedColours decoded = DECODER.decodeColours(file, 100, 1);

    assertThat(decoded.colour().width()).isEqualTo(160);
    assertThat(mean(decoded.picture().grey(), DECODER.decode(file, 100).grey())).isLessThan(1);
  }

  @Test
  void fourBandsOfAJpegAreInks() throws Exception {
    BufferedImage bands = Painting.samples(FADING, 4, 8);
    for (int i = 0; i < 300 * 200; i++) {
      // Light that a file keeps of each ink: all cyan, no magenta, no yellow, half as black.
      bands.getRaster().setPixel(i % 300, i / 300, new int[] {0, 255, 255, 128});
    }

    byte[] bgr = DECODER.decodeColours(PictureFile.jpegOfFourBands(bands), FULL, 1).colour().bgr();

    assertThat(bgr[0] & 0xFF).isBetween(126, 130);
    assertThat(bgr[1] & 0xFF).isBetween(126, 130);
    assertThat(bgr[2] & 0xFF).isBetween(0, 2);
  }

  @Test
  void aBrokenColourProfileIsNoReasonToRefuseAPicture() throws Exception {
    byte[] profile = "ICC_PROFILE\0\1\1no profile at all".getBytes(StandardCharsets.ISO_8859_1);
    byte[] jpeg = PictureFile.of(SCENE, "jpeg");

    DecodedPicture decoded = DECODER.decode(PictureFile.jpegWithSegment(jpeg, 0xE2, profile), FULL);

    assertThat(decoded.grey().luma()).isEqualTo(DECODER.decode(jpeg, FULL).grey().luma());
  }

  @Test
  void pixelsAreCountedBeforeAnythingIsDecoded() {
    byte[] file = PictureFile.of(SCENE, "png");
    PictureDecoder strict = new PictureDecoder(300 * 200 - 1);

    RefusedPictureException refusal =
        catchThrowableOfType(RefusedPictureException.class, () -> strict.decode(file, FULL));

    assertThat(refusal.reason()).isEqualTo(FailureReason.TOO_MANY_PIXELS);
    assertThat(refusal).hasMessageContaining("300 × 200").hasMessageContaining("59,999");
  }

  @Test
  void aPictureInAnIconThatIsLargerThanItsDirectorySaysIsCounted() {
    byte[] icon = PictureFile.icon(PictureFile.of(Painting.scene(1, 500, 400), "png"), 16, 16);
    PictureDecoder strict = new PictureDecoder(10_000);

    RefusedPictureException refusal =
        catchThrowableOfType(RefusedPictureException.class, () -> strict.decode(icon, FULL));

    assertThat(refusal.reason()).isEqualTo(FailureReason.TOO_MANY_PIXELS);
  }

  @Test
  void onePixelIsAPicture() throws Exception {
    BufferedImage dot = new BufferedImage(1, 1, BufferedImage.TYPE_3BYTE_BGR);
    dot.setRGB(0, 0, Color.WHITE.getRGB());

    for (String format : new String[] {"jpeg", "png", "gif", "bmp", "tiff"}) {
      assertThat(DECODER.decode(PictureFile.of(dot, format), 64).grey().luma())
          .containsExactly((byte) 255);
    }
  }
}
