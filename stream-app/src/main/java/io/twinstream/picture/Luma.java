package io.twinstream.picture;

/**
 * Luma after ITU-R BT.601 in fixed point, with the constants of OpenCV's {@code cvtColor}, so that
 * a picture has the same luma whoever computes it.
 */
final class Luma {
  private static final int BITS = 15;
  private static final int RED = 9798;
  private static final int GREEN = 19235;
  private static final int BLUE = 3735;
  private static final int HALF = 1 << (BITS - 1);

  private Luma() {}

  static int of(int red, int green, int blue) {
    return (RED * red + GREEN * green + BLUE * blue + HALF) >> BITS;
  }

  /** Fills {@code luma} from three times as many values. */
  static void ofBgr(byte[] bgr, byte[] luma) {
    int from = 0;
    for (int i = 0; i < luma.length; i++) {
      luma[i] = (byte) of(bgr[from + 2] & 0xFF, bgr[from + 1] & 0xFF, bgr[from] & 0xFF);
      from += 3;
    }
  }

  /** A value that covers white as far as its alpha says; both of 255. */
  static int onWhite(int value, int alpha) {
    return alpha == 255 ? value : (value * alpha + 255 * (255 - alpha) + 127) / 255;
  }
}
