package io.twinstream.picture;

import io.twinstream.schema.ImageFormat;
import io.twinstream.schema.Orientation;

/** Chunks of a WebP file (RFC 9649). */
final class WebpHeader {
  private static final int FIRST_CHUNK = 12;
  private static final int HAS_ALPHA = 0x10;

  private int width;
  private int height;
  private boolean extended;
  private boolean transparent;
  private boolean pictured;
  private int frames;
  private Orientation orientation = Orientation.UPRIGHT;

  private WebpHeader() {}

  static PictureHeader read(HeaderBytes bytes) throws RefusedPictureException {
    WebpHeader header = new WebpHeader();
    for (long at = FIRST_CHUNK; at + 8 <= bytes.size(); ) {
      long length = bytes.u32(at + 4);
      header.chunk(bytes, at, length);
      // Chunks are padded to an even length.
      at += 8 + length + (length & 1);
    }
    if (!header.pictured) {
      throw RefusedPictureException.corrupt("there is no picture in the webp file");
    }
    return new PictureHeader(
        ImageFormat.WEBP,
        header.width,
        header.height,
        Math.max(1, header.frames),
        header.orientation,
        false,
        header.transparent,
        false);
  }

  private void chunk(HeaderBytes bytes, long at, long length) throws RefusedPictureException {
    long body = at + 8;
    if (bytes.has(at, "VP8X")) {
      extended = true;
      transparent = (bytes.u8(body) & HAS_ALPHA) != 0;
      width = bytes.u24(body + 4) + 1;
      height = bytes.u24(body + 7) + 1;
    } else if (bytes.has(at, "ANMF")) {
      frames++;
      // A frame may be smaller than the picture, which shows through around it.
      transparent = true;
      pixels(bytes, body, length);
    } else if (bytes.has(at, "VP8 ")) {
      if (!extended) {
        width = bytes.u16(body + 6) & 0x3FFF;
        height = bytes.u16(body + 8) & 0x3FFF;
      }
      pixels(bytes, body, length);
    } else if (bytes.has(at, "VP8L")) {
      if (!extended) {
        long sides = bytes.u32(body + 1);
        width = (int) (sides & 0x3FFF) + 1;
        height = (int) (sides >> 14 & 0x3FFF) + 1;
        transparent = (sides >> 28 & 1) != 0;
      }
      pixels(bytes, body, length);
    } else if (bytes.has(at, "EXIF")) {
      // Some writers put JPEG's prefix before it.
      HeaderBytes exif = bytes.part(body, length);
      orientation = TiffHeader.exif(exif.has(0, "Exif\0\0") ? exif.part(6, length) : exif);
    }
  }

  /** Not every decoder minds if they are cut off. */
  private void pixels(HeaderBytes bytes, long body, long length) throws RefusedPictureException {
    if (!pictured && body + length > bytes.size()) {
      throw RefusedPictureException.corrupt("the webp file ends within its picture");
    }
    pictured = true;
  }
}
