package io.twinstream.picture;

import io.twinstream.schema.ImageFormat;
import io.twinstream.schema.Orientation;

/** The two headers of a Windows bitmap. */
final class BmpHeader {
  private static final int CORE_HEADER = 12;
  private static final int WITH_ALPHA_MASK = 56;
  private static final int BIT_FIELDS = 3;
  private static final int DIB = 14;

  private BmpHeader() {}

  static PictureHeader read(HeaderBytes bytes) throws RefusedPictureException {
    long headerSize = bytes.u32(DIB);
    if (headerSize == CORE_HEADER) {
      return PictureHeader.opaque(ImageFormat.BMP, bytes.u16(DIB + 4), bytes.u16(DIB + 6));
    }
    // Negative where the rows come from the top.
    int height = Math.abs(bytes.i32(DIB + 8));
    // Without a mask the fourth byte is padding, whatever stands in it.
    boolean transparent =
        headerSize >= WITH_ALPHA_MASK
            && bytes.u16(DIB + 14) == 32
            && bytes.u32(DIB + 16) == BIT_FIELDS
            && bytes.u32(DIB + 52) != 0;
    return new PictureHeader(
        ImageFormat.BMP,
        bytes.i32(DIB + 4),
        height,
        1,
        Orientation.UPRIGHT,
        false,
        transparent,
        false);
  }
}
