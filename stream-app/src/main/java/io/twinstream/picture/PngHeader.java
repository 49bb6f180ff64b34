package io.twinstream.picture;

import io.twinstream.schema.ImageFormat;
import io.twinstream.schema.Orientation;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/** Chunks of a PNG file (W3C, Portable Network Graphics, third edition). */
final class PngHeader {
  private static final int FIRST_CHUNK = 8;
  private static final int GREY = 0;
  private static final int GREY_ALPHA = 4;
  private static final int RGB_ALPHA = 6;

  private static final byte[] END = {
    0, 0, 0, 0, 'I', 'E', 'N', 'D', (byte) 0xAE, 0x42, 0x60, (byte) 0x82
  };

  private PngHeader() {}

  static PictureHeader read(HeaderBytes bytes) throws RefusedPictureException {
    if (!bytes.has(FIRST_CHUNK + 4, "IHDR")) {
      throw RefusedPictureException.corrupt("the png file doesn't begin with its header");
    }
    int width = bytes.i32(FIRST_CHUNK + 8);
    int height = bytes.i32(FIRST_CHUNK + 12);
    int colour = bytes.u8(FIRST_CHUNK + 17);
    boolean transparent = colour == GREY_ALPHA || colour == RGB_ALPHA;
    Orientation orientation = Orientation.UPRIGHT;
    long frames = 1;
    // Of a chunk that the file cuts off the decoder will know.
    for (long at = FIRST_CHUNK; at + 8 <= bytes.size() && !bytes.has(at + 4, "IEND"); ) {
      long length = bytes.u32(at);
      if (bytes.has(at + 4, "tRNS")) {
        transparent = true;
      } else if (bytes.has(at + 4, "eXIf")) {
        orientation = TiffHeader.exif(bytes.part(at + 8, length));
      } else if (bytes.has(at + 4, "acTL")) {
        frames = bytes.u32(at + 8);
      }
      at += 12 + length;
    }
    return new PictureHeader(
        ImageFormat.PNG,
        width,
        height,
        Math.clamp(frames, 1, Integer.MAX_VALUE),
        orientation,
        colour == GREY || colour == GREY_ALPHA,
        transparent,
        false);
  }

  /**
   * The file with its end, where that is all that is missing.
   *
   * @return empty if a chunk is cut off
   */
  static Optional<byte[]> whole(byte[] file) throws RefusedPictureException {
    HeaderBytes bytes = HeaderBytes.of(ImageFormat.PNG, file, ByteOrder.BIG_ENDIAN);
    long at = FIRST_CHUNK;
    while (at + 8 <= file.length && !bytes.has(at + 4, "IEND")) {
      at += 12 + bytes.u32(at);
    }
    if (at + END.length <= file.length) {
      return Optional.of(file);
    } else if (at > file.length) {
      return Optional.empty();
    }
    byte[] whole = Arrays.copyOf(file, (int) at + END.length);
    System.arraycopy(END, 0, whole, (int) at, END.length);
    return Optional.of(whole);
  }
}
