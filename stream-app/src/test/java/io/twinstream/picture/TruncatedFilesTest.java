package io.twinstream.picture;

import static io.twinstream.picture.Difference.mean;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinstream.schema.FailureReason;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One rule for all formats: the pixels have to be there, what comes after them need not. */
class TruncatedFilesTest {
  /** Larger than any picture here, so that none is scaled. */
  private static final int FULL = 100_000;

  private static final BufferedImage SCENE = Painting.scene(1, 300, 200);
  private static final PictureDecoder DECODER = new PictureDecoder(50_000_000);

  static Stream<Arguments> wholeFiles() {
    return Stream.of(
        Arguments.of("jpeg", PictureFile.of(SCENE, "jpeg"), 2),
        Arguments.of("progressive jpeg", PictureFile.progressiveJpeg(SCENE), 2),
        Arguments.of("png", PictureFile.of(SCENE, "png"), 12),
        Arguments.of("grey png", PictureFile.of(Painting.grey(SCENE), "png"), 12),
        Arguments.of("png with a palette", PictureFile.of(Painting.palette(SCENE), "png"), 12),
        Arguments.of("16-bit png", PictureFile.of(Painting.samples(SCENE, 3, 16), "png"), 12),
        Arguments.of("gif", PictureFile.of(SCENE, "gif"), 1),
        Arguments.of("bmp", PictureFile.of(SCENE, "bmp"), 0),
        Arguments.of("tiff", PictureFile.of(SCENE, "tiff"), 0),
        Arguments.of("tiff with lzw", PictureFile.openCv(SCENE, ".tiff"), 0),
        Arguments.of("lossless webp", PictureFile.losslessWebp(SCENE), 0),
        Arguments.of("webp", PictureFile.openCv(SCENE, ".webp"), 0),
        Arguments.of("psd", PictureFile.psd(SCENE), 0));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wholeFiles")
  void aFileThatEndsWithinItsPixelsIsCorrupt(String name, byte[] file, int endMarker) {
    for (int cut : new int[] {60, 25, 10}) {
      byte[] start = Arrays.copyOf(file, file.length - file.length * cut / 100);

      assertThat(refusal(start).reason()).isEqualTo(FailureReason.CORRUPT);
    }
    assertThat(refusal(PictureFile.without(file, endMarker + 40)).reason())
        .isEqualTo(FailureReason.CORRUPT);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wholeFiles")
  void afterItsPixelsAFileMayEnd(String name, byte[] file, int endMarker) throws Exception {
    GreyPicture whole = DECODER.decode(file, FULL).grey();

    GreyPicture halfAnEnd = DECODER.decode(PictureFile.without(file, endMarker / 2), FULL).grey();
    GreyPicture withoutEnd = DECODER.decode(PictureFile.without(file, endMarker), FULL).grey();
    GreyPicture withTail = DECODER.decode(Arrays.copyOf(file, file.length + 1000), FULL).grey();

    assertThat(mean(withoutEnd, whole)).isLessThan(1);
    assertThat(mean(halfAnEnd, whole)).isLessThan(1);
    assertThat(withTail.luma()).isEqualTo(whole.luma());
  }

  @Test
  void aPngThatEndsBetweenTheChunksOfItsPixelsIsCorrupt() {
    byte[] png = PictureFile.openCv(SCENE, ".png");
    int lastOfPixels = new String(png, ISO_8859_1).lastIndexOf("IDAT") - 4;

    for (int length = lastOfPixels; length < lastOfPixels + 8; length++) {
      assertThat(refusal(Arrays.copyOf(png, length)).reason()).isEqualTo(FailureReason.CORRUPT);
    }
  }

  private static RefusedPictureException refusal(byte[] file) {
    RefusedPictureException refusal =
        catchThrowableOfType(RefusedPictureException.class, () -> DECODER.decode(file, FULL));
    assertThat(refusal).as("refusal").isNotNull();
    return refusal;
  }
}
