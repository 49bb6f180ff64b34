package io.twinstream.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.schema.BinaryCode;
import io.twinstream.schema.FailureReason;
import io.twinstream.schema.Fingerprint;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalFingerprinterTest {
  private static final long MAX_PIXELS = 1_000_000;

  private final LocalFingerprinter fingerprinter =
      new LocalFingerprinter(FingerprintSettings.DEFAULT.withMaxPixels(MAX_PIXELS));

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "gif", "bmp", "tiff"})
  void saysWhatIsInAFileOfEveryCommonFormat(String format) {
    byte[] file = Pictures.file(Pictures.scene(1, 120, 80), format);

    Fingerprint fingerprint = done(file);

    assertThat(fingerprint.format()).isEqualTo(format);
    assertThat(fingerprint.width()).isEqualTo(120);
    assertThat(fingerprint.height()).isEqualTo(80);
    assertThat(fingerprint.bytes()).isEqualTo(file.length);
    assertThat(fingerprint.sha256()).matches("[0-9a-f]{64}");
    assertThat(fingerprint.isFeatureless()).isFalse();
    assertThat(hash(fingerprint).bits()).isEqualTo(FingerprintSettings.DEFAULT_BITS);
  }

  @Test
  void theDigestIsTheOneThatEverybodyElseComputes() {
    byte[] file =
        HexFormat.of()
            .parseHex(
                "47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401"
                    + "003b");

    assertThat(done(file).sha256())
        .isEqualTo("693d949d8c3fdc7fd4ace7c340b5f177a9f0c5be7bafee8bc93a7d88b7523d75");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "gif", "bmp", "tiff"})
  void theHashSurvivesAnotherFormatAndAnotherSize(String format) {
    BinaryCode original = hash(done(Pictures.file(Pictures.scene(2, 300, 200), "png")));

    BinaryCode encoded = hash(done(Pictures.file(Pictures.scene(2, 300, 200), format)));
    BinaryCode smaller = hash(done(Pictures.file(Pictures.scene(2, 210, 140), format)));

    assertThat(encoded.distance(original)).isLessThan(20);
    assertThat(smaller.distance(original)).isLessThan(40);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bmp", "tiff"})
  void theHashDoesNotChangeWithALosslessFormat(String format) {
    for (int seed = 10; seed < 20; seed++) {
      BinaryCode png = hash(done(Pictures.file(Pictures.scene(seed, 300, 200), "png")));

      BinaryCode other = hash(done(Pictures.file(Pictures.scene(seed, 300, 200), format)));

      assertThat(other.distance(png)).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void differentPicturesHaveDistantHashes() {
    BinaryCode one = hash(done(Pictures.file(Pictures.scene(3, 300, 200), "png")));
    BinaryCode other = hash(done(Pictures.file(Pictures.scene(4, 300, 200), "png")));

    assertThat(one.distance(other)).isGreaterThan(90);
  }

  @Test
  void aGreyPictureHasTheHashOfItsColouredSelfWithAllColourGone() {
    BufferedImage grey = Pictures.as(BufferedImage.TYPE_BYTE_GRAY, Pictures.scene(5, 200, 200));
    BufferedImage sameInRgb = new BufferedImage(200, 200, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 200 * 200; i++) {
      sameInRgb.setRGB(
          i % 200, i / 200, 0x010101 * grey.getRaster().getSample(i % 200, i / 200, 0));
    }

    assertThat(hash(done(Pictures.file(grey, "png"))))
        .isEqualTo(hash(done(Pictures.file(sameInRgb, "png"))));
  }

  @Test
  void aFlatPictureIsFeaturelessAndOneWithEdgesIsNot() {
    assertThat(done(Pictures.file(Pictures.flat(Color.PINK, 200, 200), "png")).quality()).isZero();
    assertThat(done(Pictures.file(Pictures.flat(Color.WHITE, 9, 9), "jpeg")).isFeatureless())
        .isTrue();
    assertThat(done(Pictures.file(checkerboard(), "png")).quality()).isEqualTo(100);
  }

  @Test
  void onlyTheFirstBytesSayTheFormat() {
    byte[] jpeg = Pictures.file(Pictures.scene(1, 40, 40), "jpeg");
    byte[] withTail = Arrays.copyOf(jpeg, jpeg.length + 500);

    assertThat(done(withTail).format()).isEqualTo("jpeg");
    assertThat(hash(done(withTail))).isEqualTo(hash(done(jpeg)));
    assertThat(done(withTail).sha256()).isNotEqualTo(done(jpeg).sha256());
  }

  @Test
  void nothingAndTextAreNoPictures() {
    assertThat(refused(new byte[0]).reason()).isEqualTo(FailureReason.NOT_AN_IMAGE);
    assertThat(refused("<html>404</html>").reason()).isEqualTo(FailureReason.NOT_AN_IMAGE);
    assertThat(refused("<svg xmlns=\"http://www.w3.org/2000/svg\"/>").reason())
        .isEqualTo(FailureReason.NOT_AN_IMAGE);
    assertThat(refused("%PDF-1.7").reason()).isEqualTo(FailureReason.NOT_AN_IMAGE);
    assertThat(refused("%!PS-Adobe-3.0 EPSF-3.0").reason()).isEqualTo(FailureReason.NOT_AN_IMAGE);
  }

  static Stream<byte[]> knownButUnsupported() {
    return Stream.of(
        "\0\0\0\u0018ftypavif\0\0\0\0avifmif1".getBytes(StandardCharsets.ISO_8859_1),
        "\0\0\0\u0018ftypheic\0\0\0\0heicmif1".getBytes(StandardCharsets.ISO_8859_1),
        "\0\0\0\fjP  \r\n\u0087\n\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @MethodSource("knownButUnsupported")
  void formatsThatAreKnownButCannotBeReadAreNamed(byte[] file) {
    FingerprintOutcome.Refused refused = refused(file);

    assertThat(refused.reason()).isEqualTo(FailureReason.UNSUPPORTED_FORMAT);
    assertThat(refused.detail()).containsAnyOf("avif", "heic", "jpeg2000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "gif", "bmp", "tiff", "jpeg"})
  void aFileThatEndsRightAfterItsFirstBytesIsBroken(String format) {
    byte[] file = Pictures.file(Pictures.scene(1, 100, 100), format);

    assertThat(refused(Arrays.copyOf(file, 24)).reason()).isEqualTo(FailureReason.CORRUPT);
  }

  @Test
  void aWebpFileIsKnownByItsFirstBytesAndReadByTheWebpDecoder() {
    byte[] file = "RIFF\u0010\0\0\0WEBPVP8 \4\0\0\0junk".getBytes(StandardCharsets.ISO_8859_1);

    FingerprintOutcome.Refused refused = refused(file);

    assertThat(refused.reason()).isEqualTo(FailureReason.CORRUPT);
    assertThat(refused.detail()).contains("webp");
  }

  @Test
  void aTruncatedPngIsBroken() {
    byte[] file = Pictures.file(Pictures.scene(1, 200, 200), "png");

    assertThat(refused(Arrays.copyOf(file, file.length / 2)).reason())
        .isEqualTo(FailureReason.CORRUPT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "gif", "bmp", "tiff"})
  void aFileThatIsCutOrBentAnywhereEndsInAnOutcomeAndNotInAnException(String format) {
    byte[] file = Pictures.file(Pictures.scene(1, 40, 30), format);

    List<FingerprintOutcome> outcomes = new ArrayList<>();
    for (int at = 0; at < file.length; at += 1 + file.length / 150) {
      byte[] bent = file.clone();
      bent[at] ^= (byte) 0xA5;
      outcomes.add(fingerprinter.fingerprint(bent));
      outcomes.add(fingerprinter.fingerprint(Arrays.copyOf(file, at)));
    }

    assertThat(outcomes)
        .doesNotContainNull()
        .allMatch(outcome ->
            !(outcome instanceof FingerprintOutcome.Refused refused)
                || refused.reason() != FailureReason.INTERNAL_ERROR);
  }

  @Property(tries = 200)
  void whateverFollowsAMagicNumberEndsInAnOutcome(@ForAll @Size(max = 300) byte[] junk) {
    for (String magic : List.of("\u00FF\u00D8\u00FF", "\u0089PNG\r\n\u001A\n", "GIF89a", "II*\0")) {
      byte[] head = magic.getBytes(StandardCharsets.ISO_8859_1);
      byte[] file = Arrays.copyOf(head, head.length + junk.length);
      System.arraycopy(junk, 0, file, head.length, junk.length);

      assertThat(fingerprinter.fingerprint(file)).isNotNull();
    }
  }

  @Test
  void aPictureWithTooManyPixelsIsRefusedByItsHeaderBeforeAnythingIsDecoded() {
    // Nothing of its pixels is there: to decode it would end as corrupt.
    FingerprintOutcome.Refused refused = refused(pngHeader(60_000, 60_000));

    assertThat(refused.reason()).isEqualTo(FailureReason.TOO_MANY_PIXELS);
    assertThat(refused.detail()).contains("60000 × 60000", "1,000,000");
  }

  @Test
  void theLimitIsTheLastNumberOfPixelsThatIsRead() {
    byte[] atTheLimit = Pictures.file(Pictures.flat(Color.RED, 1000, 1000), "png");
    byte[] above = Pictures.file(Pictures.flat(Color.RED, 1000, 1001), "png");

    assertThat(done(atTheLimit).width()).isEqualTo(1000);
    assertThat(refused(above).reason()).isEqualTo(FailureReason.TOO_MANY_PIXELS);
  }

  @Test
  void pixelsAreCountedWithoutOverflow() {
    FingerprintOutcome.Refused refused = refused(pngHeader(65_536, 65_536));

    assertThat(refused.reason()).isEqualTo(FailureReason.TOO_MANY_PIXELS);
  }

  @Test
  void aHeaderThatPromisesMoreThanFollowsIsBroken() {
    byte[] file = Pictures.file(Pictures.scene(1, 20, 20), "png");
    byte[] header = pngHeader(900, 900);
    System.arraycopy(header, 0, file, 0, 33);

    assertThat(refused(file).reason()).isEqualTo(FailureReason.CORRUPT);
  }

  @Test
  void eightThreadsMakeTheFingerprintsThatOneMakes() throws Exception {
    List<byte[]> files =
        Stream.of(1, 2, 3, 4, 5, 6)
            .flatMap(seed ->
                Stream.of("jpeg", "png", "gif")
                    .map(format -> Pictures.file(Pictures.scene(seed, 90, 60), format)))
            .toList();
    List<FingerprintOutcome> byOne = files.stream().map(fingerprinter::fingerprint).toList();
    LocalFingerprinter fresh =
        new LocalFingerprinter(FingerprintSettings.DEFAULT.withMaxPixels(MAX_PIXELS));

    List<Future<List<FingerprintOutcome>>> byEight = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 8; i++) {
        byEight.add(threads.submit(() -> files.stream().map(fresh::fingerprint).toList()));
      }
    }

    for (Future<List<FingerprintOutcome>> outcomes : byEight) {
      assertThat(outcomes.get()).isEqualTo(byOne);
    }
  }

  private Fingerprint done(byte[] file) {
    FingerprintOutcome outcome = fingerprinter.fingerprint(file);
    if (outcome instanceof FingerprintOutcome.Done(Fingerprint fingerprint, _)) {
      return fingerprint;
    }
    throw new AssertionError("not fingerprinted: " + outcome);
  }

  private FingerprintOutcome.Refused refused(String text) {
    return refused(text.getBytes(StandardCharsets.UTF_8));
  }

  private FingerprintOutcome.Refused refused(byte[] file) {
    FingerprintOutcome outcome = fingerprinter.fingerprint(file);
    if (outcome instanceof FingerprintOutcome.Refused refused) {
      return refused;
    }
    throw new AssertionError("not refused: " + outcome);
  }

  private static BinaryCode hash(Fingerprint fingerprint) {
    return fingerprint.hash(FingerprintSettings.DEFAULT_HASH).orElseThrow();
  }

  private static BufferedImage checkerboard() {
    BufferedImage image = Pictures.flat(Color.WHITE, 256, 256);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.BLACK);
    for (int i = 0; i < 256; i++) {
      if ((i % 16 + i / 16) % 2 == 0) {
        graphics.fillRect(i % 16 * 16, i / 16 * 16, 16, 16);
      }
    }
    graphics.dispose();
    return image;
  }

  /**
   * The signature and the header chunk of a PNG file, RGB with eight bits, with a valid check sum.
   */
  private static byte[] pngHeader(int width, int height) {
    ByteBuffer header =
        ByteBuffer.allocate(33)
            .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'})
            .putInt(13)
            .put("IHDR".getBytes(StandardCharsets.US_ASCII))
            .putInt(width)
            .putInt(height)
            .put(new byte[] {8, 2, 0, 0, 0});
    CRC32 check = new CRC32();
    check.update(header.array(), 12, 17);
    return header.putInt((int) check.getValue()).array();
  }
}
