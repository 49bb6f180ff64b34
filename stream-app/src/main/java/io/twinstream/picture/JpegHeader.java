package io.twinstream.picture;

import io.twinstream.schema.ImageFormat;
import io.twinstream.schema.Orientation;

/** Markers of a JPEG file (ITU-T T.81, annex B). */
final class JpegHeader {
  private static final int RST0 = 0xD0;
  private static final int SOI = 0xD8;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;
  private static final int APP1 = 0xE1;
  private static final int SOF0 = 0xC0;
  private static final String EXIF = "Exif\0\0";

  /** Encoders write about ten, optimisers not many more. */
  private static final int MOST_SCANS = 32;

  /** Every scan goes over the whole picture, however few bytes it has. */
  private static final long PIXELS_OF_ALL_SCANS = MOST_SCANS * 50_000_000L;

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
      } else if (hasLength(marker)) {
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
    long at = bytes.nextFilled(from);
    while (bytes.u8(at + 1) == 0xFF || bytes.u8(at + 1) == 0) {
      at = bytes.nextFilled(at + 1);
    }
    return at + 1;
  }

  /** Of those that nobody uses libjpeg looks for the next one, and strides over nothing. */
  private static boolean hasLength(int marker) {
    return marker >= SOF0 && (marker < RST0 || marker > SOI);
  }

  /** SOF0 to SOF15 but for DHT, JPG and DAC, which stand among them. */
  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private static PictureHeader frame(
      HeaderBytes bytes, long at, int marker, Orientation orientation)
      throws RefusedPictureException {
    boolean progressive = (marker & 3) == 2;
    int components = bytes.u8(at + 7);
    Scans scans = Scans.after(bytes, at + bytes.u16(at));
    PictureHeader header =
        new PictureHeader(
            ImageFormat.JPEG,
            bytes.u16(at + 5),
            bytes.u16(at + 3),
            1,
            orientation,
            components == 1,
            false,
            progressive || scans.components < components);
    if (scans.count > Math.max(MOST_SCANS, PIXELS_OF_ALL_SCANS / Math.max(1, header.pixels()))) {
      throw RefusedPictureException.corrupt(
          "the jpeg file has %s scans of %s × %s pixels, so many that decoding would not end"
              .formatted(scans.count, header.width(), header.height()));
    }
    return header;
  }

  /**
   * What follows the frame header.
   *
   * @param components how many the first one has
   */
  private record Scans(int count, int components) {
    /** A file that ends among them is the decoders' business. */
    private static Scans after(HeaderBytes bytes, long from) {
      int count = 0;
      int components = 0;
      try {
        long at = from;
        while (true) {
          at = nextMarker(bytes, at);
          int marker = bytes.u8(at);
          at++;
          if (marker == EOI) {
            return new Scans(count, components);
          } else if (marker == SOS) {
            components = count == 0 ? bytes.u8(at + 2) : components;
            count++;
          }
          at += hasLength(marker) ? bytes.u16(at) : 0;
        }
      } catch (RefusedPictureException e) {
        return new Scans(count, components);
      }
    }
  }
}
