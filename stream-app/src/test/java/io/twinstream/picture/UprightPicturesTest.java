package io.twinstream.picture;

import static io.twinstream.picture.Difference.mean;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.schema.Orientation;
import java.awt.image.BufferedImage;
import java.nio.ByteOrder;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UprightPicturesTest {
  /** Larger than any picture here, so that none is scaled. */
  private static final int FULL = 100_000;

  private static final PictureDecoder DECODER = new PictureDecoder(50_000_000);

  static Stream<Arguments> turnedFiles() {
    return Stream.of("jpeg", "png", "webp", "tiff")
        .flatMap(
            format -> Stream.of(1, 2, 3, 4, 5, 6, 7, 8).map(value -> Arguments.of(format, value)));
  }

  @ParameterizedTest
  @MethodSource("turnedFiles")
  void aPictureStandsUprightInEveryOrientation(String format, int value) throws Exception {
    BufferedImage upright = Painting.scene(4, 256, 128);
    BufferedImage stored = storedFor(value, upright);
    ByteOrder order = value % 2 == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    byte[] exif = PictureFile.exif(value, order);
    byte[] file =
        switch (format) {
          case "jpeg" -> PictureFile.jpegWithExif(PictureFile.of(stored, "jpeg"), exif);
          case "png" -> PictureFile.pngWithChunk(PictureFile.of(stored, "png"), "eXIf", exif);
          case "webp" ->
              PictureFile.webpWithExif(
                  PictureFile.losslessWebp(stored), stored.getWidth(), stored.getHeight(), exif);
          default -> PictureFile.tiffWithOrientation(stored, value, order);
        };

    DecodedPicture decoded = DECODER.decode(file, FULL);

    assertThat(decoded.header().orientation()).isEqualTo(Orientation.ofExif(value));
    assertThat(decoded.header().uprightWidth()).isEqualTo(256);
    assertThat(decoded.header().uprightHeight()).isEqualTo(128);
    float[] squeezed = squeezed(decoded.grey());
    float[] turned = decoded.header().orientation().apply(squeezed, 32);
    assertThat(mean(turned, squeezed(DECODER.decode(PictureFile.of(upright, "png"), FULL).grey())))
        .isLessThan(1.5);
  }

  /** Where each stored pixel belongs, as the Exif standard draws it. */
  private static BufferedImage storedFor(int value, BufferedImage upright) {
    int width = value > 4 ? upright.getHeight() : upright.getWidth();
    int height = value > 4 ? upright.getWidth() : upright.getHeight();
    BufferedImage stored = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int right = width - 1 - x;
        int bottom = height - 1 - y;
        int rgb =
            switch (value) {
              case 1 -> upright.getRGB(x, y);
              case 2 -> upright.getRGB(right, y);
              case 3 -> upright.getRGB(right, bottom);
              case 4 -> upright.getRGB(x, bottom);
              case 5 -> upright.getRGB(y, x);
              case 6 -> upright.getRGB(bottom, x);
              case 7 -> upright.getRGB(bottom, right);
              default -> upright.getRGB(y, right);
            };
        stored.setRGB(x, y, rgb);
      }
    }
    return stored;
  }

  /** To 32 × 32, each the mean of its area; the sides are multiples of 32. */
  private static float[] squeezed(GreyPicture grey) {
    float[] square = new float[32 * 32];
    int across = grey.width() / 32;
    int down = grey.height() / 32;
    for (int i = 0; i < grey.luma().length; i++) {
      int at = i / grey.width() / down * 32 + i % grey.width() / across;
      square[at] += (grey.luma()[i] & 0xFF) / (float) (across * down);
    }
    return square;
  }
}
