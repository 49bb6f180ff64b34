package io.twinstream.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** TIFF files of whatever samples, not compressed, little-endian. */
final class TiffFile {
  static final int WHITE_IS_ZERO = 0;
  static final int BLACK_IS_ZERO = 1;
  static final int RGB = 2;
  static final int INKS = 5;

  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int BYTES = 7;
  private static final int ENTRIES = 12;
  private static final int AFTER_DIRECTORY = 8 + 2 + 12 * ENTRIES + 4;

  private TiffFile() {}

  /**
   * @param bits of a sample, 8 or 16
   * @param samples of one pixel after the other
   */
  static byte[] of(int width, int photometric, int bits, int orientation, int[] samples) {
    return of(width, photometric, bits, orientation, samples, new byte[0]);
  }

  /** The same with a colour profile. */
  static byte[] of(
      int width, int photometric, int bits, int orientation, int[] samples, byte[] profile) {
    int count = photometric == INKS ? 4 : photometric == RGB ? 3 : 1;
    int height = samples.length / count / width;
    int size = samples.length * bits / 8;
    int pixels = AFTER_DIRECTORY + 8;
    ByteBuffer file =
        ByteBuffer.allocate(pixels + size + profile.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {'I', 'I', 42, 0}).putInt(8).putShort((short) ENTRIES);
    entry(file, 256, LONG, 1, width);
    entry(file, 257, LONG, 1, height);
    entry(file, 258, SHORT, count, count == 1 ? bits : AFTER_DIRECTORY);
    entry(file, 259, SHORT, 1, 1);
    entry(file, 262, SHORT, 1, photometric);
    entry(file, 273, LONG, 1, pixels);
    entry(file, 274, SHORT, 1, orientation);
    entry(file, 277, SHORT, 1, count);
    entry(file, 278, LONG, 1, height);
    entry(file, 279, LONG, 1, size);
    entry(file, 284, SHORT, 1, 1);
    // Without a profile a tag that nobody knows.
    entry(file, profile.length == 0 ? 65_000 : 34_675, BYTES, profile.length, pixels + size);
    file.putInt(0);
    for (int i = 0; i < 4; i++) {
      file.putShort((short) bits);
    }
    for (int sample : samples) {
      if (bits == 16) {
        file.putShort((short) sample);
      } else {
        file.put((byte) sample);
      }
    }
    return file.put(profile).array();
  }

  private static void entry(ByteBuffer file, int tag, int type, int count, int value) {
    file.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
  }
}
