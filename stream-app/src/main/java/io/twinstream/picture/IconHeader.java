package io.twinstream.picture;

import io.twinstream.schema.ImageFormat;
import io.twinstream.schema.Orientation;
import java.nio.ByteOrder;

/**
 * The directory of a Windows icon, and its largest picture.
 *
 * @param index of that picture in the directory
 */
record IconHeader(PictureHeader header, int index) {
  private static final String PNG = "\u0089PNG\r\n\u001A\n";

  static IconHeader read(HeaderBytes bytes) throws RefusedPictureException {
    int count = bytes.u16(4);
    if (count == 0) {
      throw RefusedPictureException.corrupt("there is no picture in the ico file");
    }
    int largest = 0;
    for (int i = 1; i < count; i++) {
      if (pixels(bytes, i) > pixels(bytes, largest)) {
        largest = i;
      }
    }
    PictureHeader picture = picture(bytes, largest);
    return new IconHeader(
        new PictureHeader(
            ImageFormat.ICO,
            picture.width(),
            picture.height(),
            count,
            Orientation.UPRIGHT,
            false,
            true,
            false),
        largest);
  }

  private static int pixels(HeaderBytes bytes, int index) throws RefusedPictureException {
    long entry = entry(index);
    return side(bytes.u8(entry)) * side(bytes.u8(entry + 1));
  }

  private static int side(int value) {
    return value == 0 ? 256 : value;
  }

  private static long entry(int index) {
    return 6 + 16L * index;
  }

  /** The directory has a byte a side; what counts is what the picture says itself. */
  private static PictureHeader picture(HeaderBytes bytes, int index)
      throws RefusedPictureException {
    HeaderBytes picture = bytes.part(bytes.u32(entry(index) + 12), bytes.u32(entry(index) + 8));
    if (picture.has(0, PNG)) {
      return PngHeader.read(picture.in(ByteOrder.BIG_ENDIAN));
    }
    // The colours and the mask stand above each other.
    return PictureHeader.opaque(ImageFormat.BMP, picture.i32(4), Math.abs(picture.i32(8)) / 2);
  }
}
