package io.twinstream.picture;

import io.twinstream.schema.FailureReason;
import io.twinstream.schema.ImageFormat;
import io.twinstream.schema.Orientation;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What a file says of its picture before anything is decoded. A file can lie: these are claims.
 *
 * @param format by magic number
 * @param width pixels as they are stored, 1 or more
 * @param height pixels as they are stored, 1 or more
 * @param frames how many pictures there are, as far as they can be counted; 1 or more. Only the
 *     first is decoded, of an icon the largest
 * @param orientation what has to be done with the stored pixels (Exif, TIFF)
 * @param grey whether there are no colours by construction
 * @param transparent whether some pixel may be
 * @param wholeInMemory whether a JPEG has to be held in memory as a whole while it is decoded,
 *     because its scans have to be put together
 */
public record PictureHeader(
    ImageFormat format,
    int width,
    int height,
    int frames,
    Orientation orientation,
    boolean grey,
    boolean transparent,
    boolean wholeInMemory) {
  /**
   * Reads the header of a file. Takes time in proportion to the file at most, and no memory.
   *
   * @param file the whole file; not changed, not kept
   * @throws RefusedPictureException if it is no picture, of a format that can't be read, or broken
   */
  public static PictureHeader read(byte[] file) throws RefusedPictureException {
    ImageFormat format =
        ImageFormat.detect(Arrays.copyOf(file, Math.min(file.length, ImageFormat.HEAD_BYTES)))
            .orElseThrow(() -> notAnImage(file));
    HeaderBytes big = HeaderBytes.of(format, file, ByteOrder.BIG_ENDIAN);
    HeaderBytes little = HeaderBytes.of(format, file, ByteOrder.LITTLE_ENDIAN);
    PictureHeader header =
        switch (format) {
          case JPEG -> JpegHeader.read(big);
          case PNG -> PngHeader.read(big);
          case GIF -> GifHeader.read(little).header();
          case BMP -> BmpHeader.read(little);
          case TIFF -> TiffHeader.read(little);
          case WEBP -> WebpHeader.read(little);
          case ICO -> IconHeader.read(little).header();
          case PSD -> PsdHeader.read(big);
          case JPEG2000, JPEGXL, AVIF, HEIC ->
              throw new RefusedPictureException(
                  FailureReason.UNSUPPORTED_FORMAT,
                  "pictures of the format " + format + " can't be read");
        };
    if (header.width < 1 || header.height < 1) {
      throw RefusedPictureException.corrupt(
          "the header of the %s file says %s × %s pixels"
              .formatted(format, header.width, header.height));
    }
    return header;
  }

  /** All pixels of one frame. */
  public long pixels() {
    return (long) width * height;
  }

  /** Pixels once the picture stands upright. */
  public int uprightWidth() {
    return orientation.swapsSides() ? height : width;
  }

  /** Pixels once the picture stands upright. */
  public int uprightHeight() {
    return orientation.swapsSides() ? width : height;
  }

  static PictureHeader opaque(ImageFormat format, int width, int height) {
    return new PictureHeader(format, width, height, 1, Orientation.UPRIGHT, false, false, false);
  }

  private static RefusedPictureException notAnImage(byte[] file) {
    return new RefusedPictureException(
        FailureReason.NOT_AN_IMAGE,
        file.length == 0
            ? "the file is empty"
            : "the file's first bytes are those of no known picture format");
  }
}
