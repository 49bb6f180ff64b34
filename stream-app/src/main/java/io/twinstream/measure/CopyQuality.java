package io.twinstream.measure;

import io.twinstream.picture.PictureHeader;
import io.twinstream.schema.ImageFormat;
import io.twinstream.schema.QualityScore;

/** How good a copy a file is, in parts that can be explained; see {@link QualityScore}. */
final class CopyQuality {
  // Powers of two of pixels: 32 × 32 and 32 million.
  private static final double LEAST_PIXELS = 10;
  private static final double MOST_PIXELS = 25;
  // Powers of two of bits a pixel: a quarter, where photographs fall apart, and four.
  private static final double LEAST_BITS = -2;
  private static final double MOST_BITS = 2;
  // What a crisp photograph has.
  private static final double CRISP = 40;
  // Blocks so strong that nothing worse can be seen.
  private static final double BLOCKS = 0.5;

  private CopyQuality() {}

  static QualityScore of(PictureHeader header, long bytes, double sharpness, double blockiness) {
    double pixels = (double) header.width() * header.height();
    int resolution = share(log2(pixels), LEAST_PIXELS, MOST_PIXELS);
    int bits =
        isLossless(header.format()) ? 100 : share(log2(8 * bytes / pixels), LEAST_BITS, MOST_BITS);
    int compression = (int) Math.round(bits * (1 - Math.min(1, blockiness / BLOCKS)));
    int sharp = share(sharpness, 0, CRISP);
    int format = format(header.format());
    double total = 0.45 * resolution + 0.25 * compression + 0.2 * sharp + 0.1 * format;
    return new QualityScore((int) Math.round(total), resolution, compression, sharp, format);
  }

  private static boolean isLossless(ImageFormat format) {
    return switch (format) {
      case PNG, BMP, TIFF, PSD, GIF, ICO -> true;
      default -> false;
    };
  }

  private static int format(ImageFormat format) {
    return switch (format) {
      case PNG, BMP, TIFF, PSD -> 100;
      case JPEG2000, JPEGXL, AVIF, HEIC -> 80;
      case JPEG, WEBP -> 70;
      // 256 colours; small by nature.
      case GIF, ICO -> 40;
      default -> 60;
    };
  }

  private static int share(double value, double least, double most) {
    return (int) Math.round(100 * Math.clamp((value - least) / (most - least), 0, 1));
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }
}
