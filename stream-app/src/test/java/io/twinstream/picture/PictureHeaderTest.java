package io.twinstream.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.twinstream.schema.FailureReason;
import io.twinstream.schema.ImageFormat;
import io.twinstream.schema.Orientation;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureHeaderTest {
  private static final BufferedImage SCENE = Painting.scene(1, 37, 23);
  private static final byte[] EXIF = PictureFile.exif(6, ByteOrder.BIG_ENDIAN);

  private static final List<byte[]> FILES =
      List.of(
          PictureFile.jpegWithExif(PictureFile.of(SCENE, "jpeg"), EXIF),
          PictureFile.progressiveJpeg(SCENE),
          PictureFile.pngWithChunk(PictureFile.of(SCENE, "png"), "eXIf", EXIF),
          PictureFile.of(Painting.palette(SCENE), "gif"),
          PictureFile.of(SCENE, "bmp"),
          PictureFile.of(SCENE, "tiff"),
          PictureFile.tiffWithOrientation(SCENE, 6, ByteOrder.BIG_ENDIAN),
          PictureFile.webpWithExif(PictureFile.losslessWebp(SCENE), 37, 23, EXIF),
          PictureFile.openCv(SCENE, ".webp"),
          PictureFile.icon(PictureFile.of(SCENE, "png"), 37, 23),
          PictureFile.psd(SCENE));

  @ParameterizedTest
  @EnumSource(
      value = ImageFormat.class,
      names = {"JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP", "ICO", "PSD"})
  void saysTheSizeOfAPictureOfEveryFormatThatCanBeRead(ImageFormat format) throws Exception {
    byte[] file =
        switch (format) {
          case WEBP -> PictureFile.losslessWebp(SCENE);
          case ICO -> PictureFile.icon(PictureFile.of(SCENE, "png"), 37, 23);
          case PSD -> PictureFile.psd(SCENE);
          default -> PictureFile.of(SCENE, format.toString());
        };

    PictureHeader header = PictureHeader.read(file);

    assertThat(header.format()).isEqualTo(format);
    assertThat(header.width()).isEqualTo(37);
    assertThat(header.height()).isEqualTo(23);
    assertThat(header.pixels()).isEqualTo(37 * 23);
    assertThat(header.frames()).isEqualTo(1);
    assertThat(header.orientation()).isEqualTo(Orientation.UPRIGHT);
    assertThat(header.transparent()).isEqualTo(format == ImageFormat.ICO);
  }

  @ParameterizedTest
  @CsvSource({
    "0000000C4A584C200D0A870A,jpegxl",
    "FF0A,jpegxl",
    "0000001866747970686576630000,heic"
  })
  void ofAFormatThatCannotBeReadTheNameIsSaid(String head, String name) {
    byte[] file = HexFormat.of().parseHex(head);

    assertThatExceptionOfType(RefusedPictureException.class)
        .isThrownBy(() -> PictureHeader.read(file))
        .withMessageContaining(" " + name + " ")
        .satisfies(e -> assertThat(e.reason()).isEqualTo(FailureReason.UNSUPPORTED_FORMAT));
  }

  @Test
  void lossyWebpSaysItsSizeInAnotherPlace() throws Exception {
    PictureHeader header = PictureHeader.read(PictureFile.openCv(SCENE, ".webp"));

    assertThat(header.width()).isEqualTo(37);
    assertThat(header.height()).isEqualTo(23);
  }

  @Test
  void jpegsOfSeveralScansAreTold() throws Exception {
    assertThat(PictureHeader.read(PictureFile.progressiveJpeg(SCENE)).wholeInMemory()).isTrue();
    assertThat(PictureHeader.read(PictureFile.of(SCENE, "jpeg")).wholeInMemory()).isFalse();
  }

  @Test
  void greyIsTold() throws Exception {
    for (String format : List.of("jpeg", "png", "tiff")) {
      assertThat(PictureHeader.read(PictureFile.of(Painting.grey(SCENE), format)).grey()).isTrue();
      assertThat(PictureHeader.read(PictureFile.of(SCENE, format)).grey()).isFalse();
    }
  }

  @Test
  void framesAreCounted() throws Exception {
    byte[] gif = PictureFile.of(SCENE, "gif");
    int firstBlock = 13 + 3 * 256;
    byte[] two = Arrays.copyOf(gif, gif.length - 1 + gif.length - firstBlock);
    System.arraycopy(gif, firstBlock, two, gif.length - 1, gif.length - firstBlock);

    assertThat(PictureHeader.read(two).frames()).isEqualTo(2);
    assertThat(
            PictureHeader.read(
                    PictureFile.pngWithChunk(
                        PictureFile.of(SCENE, "png"), "acTL", new byte[] {0, 0, 0, 7, 0, 0, 0, 0}))
                .frames())
        .isEqualTo(7);
  }

  @Test
  void directoriesOfATiffThatFormARingAreNotCountedForEver() {
    byte[] tiff = PictureFile.tiffWithOrientation(SCENE, 1, ByteOrder.LITTLE_ENDIAN);
    ByteBuffer bytes = ByteBuffer.wrap(tiff).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(tiff.length - 4, bytes.getInt(4));

    assertThatCode(() -> PictureHeader.read(tiff)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 65535})
  void anOrientationThatMeansNothingIsUpright(int value) throws Exception {
    byte[] exif = PictureFile.exif(value, ByteOrder.LITTLE_ENDIAN);

    PictureHeader header =
        PictureHeader.read(PictureFile.jpegWithExif(PictureFile.of(SCENE, "jpeg"), exif));

    assertThat(header.orientation()).isEqualTo(Orientation.UPRIGHT);
  }

  @Test
  void brokenExifDataAreNoReasonToRefuseAPicture() throws Exception {
    for (int length = 0; length < EXIF.length; length++) {
      byte[] broken = Arrays.copyOf(EXIF, length);

      PictureHeader jpeg =
          PictureHeader.read(PictureFile.jpegWithExif(PictureFile.of(SCENE, "jpeg"), broken));
      PictureHeader png =
          PictureHeader.read(
              PictureFile.pngWithChunk(PictureFile.of(SCENE, "png"), "eXIf", broken));

      assertThat(jpeg.width()).isEqualTo(37);
      assertThat(png.width()).isEqualTo(37);
    }
  }

  @Test
  void aSegmentOfAJpegWithAnImpossibleLengthIsStridedOver() throws Exception {
    byte[] jpeg = PictureFile.jpegWithSegment(PictureFile.of(SCENE, "jpeg"), 0xE5, new byte[8]);
    jpeg[5] = 0;

    assertThat(PictureHeader.read(jpeg).width()).isEqualTo(37);
  }

  @ParameterizedTest
  @ValueSource(strings = {"BIG_ENDIAN", "LITTLE_ENDIAN"})
  void aBigTiffMayKeepItsSizeInEightBytes(String name) throws Exception {
    ByteOrder order = name.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    String magic = order == ByteOrder.BIG_ENDIAN ? "MM" : "II";
    ByteBuffer file = ByteBuffer.allocate(16 + 8 + 2 * 20 + 8).order(order);
    file.put(magic.getBytes(StandardCharsets.US_ASCII)).putShort((short) 43);
    file.putShort((short) 8).putShort((short) 0).putLong(16).putLong(2);
    file.putShort((short) 256).putShort((short) 16).putLong(1).putLong(37);
    file.putShort((short) 257).putShort((short) 16).putLong(1).putLong(23);

    PictureHeader header = PictureHeader.read(file.array());

    assertThat(header.width()).isEqualTo(37);
    assertThat(header.height()).isEqualTo(23);
  }

  @Test
  void aBitmapFromTheTopHasANegativeHeight() throws Exception {
    byte[] bmp = PictureFile.of(SCENE, "bmp");
    ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(22, -23);

    assertThat(PictureHeader.read(bmp).height()).isEqualTo(23);
  }

  @Test
  void aPictureWithoutPixelsIsCorrupt() {
    byte[] png = PictureFile.of(SCENE, "png");
    Arrays.fill(png, 16, 20, (byte) 0);

    assertThatExceptionOfType(RefusedPictureException.class)
        .isThrownBy(() -> PictureHeader.read(png))
        .withMessageContaining("0 × 23")
        .satisfies(e -> assertThat(e.reason()).isEqualTo(FailureReason.CORRUPT));
  }

  @Property(tries = 3000)
  void aFileThatIsBentAnywhereHasAHeaderOrARefusal(@ForAll("bentFiles") byte[] file) {
    PictureHeader header;
    try {
      header = PictureHeader.read(file);
    } catch (RefusedPictureException e) {
      assertThat(e.getMessage()).isNotBlank();
      assertThat(e.reason())
          .isIn(
              FailureReason.CORRUPT, FailureReason.NOT_AN_IMAGE, FailureReason.UNSUPPORTED_FORMAT);
      return;
    }
    assertThat(header.width()).isPositive();
    assertThat(header.height()).isPositive();
    assertThat(header.frames()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u00FF\u00D8\u00FF",
        "\u0089PNG\r\n\u001A\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\b\2\0\0\0....",
        "GIF89a\1\0\1\0\0\0\0",
        "II*\0\b\0\0\0",
        "II+\0\b\0\0\0\u0010\0\0\0\0\0\0\0",
        "RIFF....WEBP",
        "\0\0\1\0\u00FF\u00FF"
      })
  void aLongFileOfNothingButItsBeginningTakesNoTime(String beginning) {
    byte[] start = beginning.getBytes(StandardCharsets.ISO_8859_1);
    for (int filling : new int[] {0, 1, 0x21, 0x2C, 0xE1, 0xFF}) {
      byte[] file = Arrays.copyOf(start, 20_000_000);
      Arrays.fill(file, start.length, file.length, (byte) filling);

      long before = System.nanoTime();
      assertThatCode(
              () -> {
                try {
                  PictureHeader.read(file);
                } catch (RefusedPictureException e) {
                  // As good as a header here.
                }
              })
          .doesNotThrowAnyException();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
    }
  }

  @Provide
  Arbitrary<byte[]> bentFiles() {
    return Arbitraries.randomValue(PictureHeaderTest::bent);
  }

  private static byte[] bent(Random random) {
    byte[] file = FILES.get(random.nextInt(FILES.size())).clone();
    int[] telling = {0, 1, 2, 0x7F, 0x80, 0xFE, 0xFF};
    for (int i = random.nextInt(6); i >= 0; i--) {
      // Headers are near the start; Exif data and directories may be at the end.
      int reach = Math.min(file.length, random.nextBoolean() ? 64 : file.length);
      file[random.nextInt(reach)] =
          (byte)
              (random.nextBoolean() ? telling[random.nextInt(telling.length)] : random.nextInt());
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(file, random.nextInt(file.length)) : file;
  }
}
