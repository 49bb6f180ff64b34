package io.twinstream.picture;

import io.twinstream.schema.ImageFormat;
import io.twinstream.schema.Orientation;
import java.nio.ByteOrder;

/**
 * Directories of a TIFF file (TIFF 6.0), of a BigTIFF file, and of Exif data, which are a TIFF file
 * of their own.
 */
final class TiffHeader {
  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int BITS = 258;
  private static final int PHOTOMETRIC = 262;
  private static final int ORIENTATION = 274;
  private static final int EXTRA_SAMPLES = 338;
  private static final int SHORT = 3;
  private static final int LONG8 = 16;
  private static final int WHITE_IS_ZERO = 0;
  private static final int BLACK_IS_ZERO = 1;

  /** Directories can form a ring. */
  private static final int MOST_FRAMES = 10_000;

  private final HeaderBytes bytes;
  private final boolean big;
  private int width;
  private int height;
  private int bits;
  private boolean grey;
  private boolean whiteIsZero;
  private boolean transparent;
  private Orientation orientation = Orientation.UPRIGHT;

  private TiffHeader(HeaderBytes file) throws RefusedPictureException {
    this.bytes = file.in(file.has(0, "MM") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    this.big = bytes.u16(2) == 43;
  }

  static PictureHeader read(HeaderBytes file) throws RefusedPictureException {
    TiffHeader header = new TiffHeader(file);
    long next = header.firstDirectory();
    header.directory(next);
    int frames = 0;
    while (header.isDirectory(next) && frames < MOST_FRAMES) {
      frames++;
      next = header.afterDirectory(next);
    }
    return new PictureHeader(
        ImageFormat.TIFF,
        header.width,
        header.height,
        Math.max(1, frames),
        header.orientation,
        header.grey,
        header.transparent,
        false);
  }

  /** Whether grey levels of more than a byte have white as 0. */
  static boolean isDeepAndInverted(byte[] file) throws RefusedPictureException {
    TiffHeader header =
        new TiffHeader(HeaderBytes.of(ImageFormat.TIFF, file, ByteOrder.LITTLE_ENDIAN));
    header.directory(header.firstDirectory());
    return header.whiteIsZero && header.bits > Byte.SIZE;
  }

  /** Broken Exif data are no reason to refuse a picture: it then stands as it is stored. */
  static Orientation exif(HeaderBytes data) {
    if (!data.has(0, "II*\0") && !data.has(0, "MM\0*")) {
      return Orientation.UPRIGHT;
    }
    try {
      TiffHeader header = new TiffHeader(data);
      try {
        header.directory(header.firstDirectory());
      } catch (RefusedPictureException e) {
        // What was read before the break counts.
        return header.orientation;
      }
      return header.orientation;
    } catch (RefusedPictureException e) {
      return Orientation.UPRIGHT;
    }
  }

  private long firstDirectory() throws RefusedPictureException {
    return big ? bytes.i64(8) : bytes.u32(4);
  }

  private boolean isDirectory(long at) {
    return at > 0 && at <= bytes.size() - (big ? 8 : 2);
  }

  private long entries(long directory) throws RefusedPictureException {
    // No file has room for more, and times 20 it is still a number.
    return big ? Math.clamp(bytes.i64(directory), 0, bytes.size()) : bytes.u16(directory);
  }

  private long afterDirectory(long directory) throws RefusedPictureException {
    long at = directory + (big ? 8 + 20 * entries(directory) : 2 + 12 * entries(directory));
    if (at > bytes.size() - (big ? 8 : 4)) {
      return 0;
    }
    return big ? bytes.i64(at) : bytes.u32(at);
  }

  private void directory(long directory) throws RefusedPictureException {
    long entries = entries(directory);
    for (long i = 0; i < entries; i++) {
      entry(directory + (big ? 8 + 20 * i : 2 + 12 * i));
    }
  }

  private void entry(long at) throws RefusedPictureException {
    long place = at + (big ? 12 : 8);
    long stored =
        switch (bytes.u16(at + 2)) {
          case SHORT -> bytes.u16(place);
          case LONG8 -> big ? bytes.i64(place) : 0;
          default -> bytes.u32(place);
        };
    int value = Math.clamp(stored, 0, Integer.MAX_VALUE);
    // Of a tag that stands there twice the first counts, as for all decoders.
    switch (bytes.u16(at)) {
      case WIDTH -> width = width == 0 ? value : width;
      case HEIGHT -> height = height == 0 ? value : height;
      case BITS -> bits = value;
      case PHOTOMETRIC -> {
        grey = value <= BLACK_IS_ZERO;
        whiteIsZero = value == WHITE_IS_ZERO;
      }
      case ORIENTATION -> {
        if (orientation == Orientation.UPRIGHT) {
          orientation = Orientation.ofExif(value);
        }
      }
      case EXTRA_SAMPLES -> transparent = true;
      default -> {}
    }
  }
}
