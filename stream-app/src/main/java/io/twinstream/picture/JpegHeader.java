package io.twinstream.picture;

import io.twinstream.schema.ImageFormat;
import io.twinstream.schema.Orientation;

/** Markers of a JPEG file up to its frame header (ITU-T T.81, annex B). */
final class JpegHeader {
  private static final int TEM = 0x01;
  private static final int RST0 = 0xD0;
  private static final int SOI = 0xD8;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;
  private static final int APP1 = 0xE1;
  private static final String EXIF = "Exif\0\0";

  private JpegHeader() {}

  static PictureHeader read(HeaderBytes bytes) throws RefusedPictureException {
    Orientation orientation = Orientation.UPRIGHT;
    long at = 0;
    while (true) {
      at = nextMarker(bytes, at);
      int marker = bytes.u8(at);
      at++;
      if (marker == EOI || marker == SOS) {
        throw RefusedPictureException.corrupt("the jpeg file has no frame header");
      } else if (isFrame(marker)) {
        return frame(bytes, at, marker, orientation);
      } else if (marker != TEM && (marker < RST0 || marker > SOI)) {
        int length = bytes.u16(at);
        if (marker == APP1 && orientation == Orientation.UPRIGHT && bytes.has(at + 2, EXIF)) {
          orientation = TiffHeader.exif(bytes.part(at + 2 + EXIF.length(), length));
        }
        at += length;
      }
    }
  }

  /** After a broken length decoders search, too. */
  private static long nextMarker(HeaderBytes bytes, long from) throws RefusedPictureException {
    long at = from;
    while (bytes.u8(at) != 0xFF || bytes.u8(at + 1) == 0xFF || bytes.u8(at + 1) == 0) {
      at++;
    }
    return at + 1;
  }

  /** SOF0 to SOF15 but for DHT, JPG and DAC, which stand among them. */
  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private static PictureHeader frame(
      HeaderBytes bytes, long at, int marker, Orientation orientation)
      throws RefusedPictureException {
    boolean progressive = (marker & 3) == 2;
    boolean grey = bytes.u8(at + 7) == 1;
    return new PictureHeader(
        ImageFormat.JPEG,
        bytes.u16(at + 5),
        bytes.u16(at + 3),
        1,
        orientation,
        grey,
        false,
        progressive);
  }
}
