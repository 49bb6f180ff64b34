package io.twinstream.measure;

import io.twinstream.picture.GreyPicture;

/**
 * How much more luma changes across the edges of JPEG's blocks of 8 × 8 than beside them, after
 * Wang, Sheikh and Bovik ("No-reference perceptual quality assessment of JPEG compressed images",
 * 2002). It also sees blocks that a picture has kept from an earlier file, unless it was cropped or
 * scaled since.
 */
final class Blockiness {
  private static final int BLOCK = 8;
  // Enough for a mean; no divisor of a block, so that every row of blocks is met.
  private static final int EVERY = 3;
  // Rounding to whole levels alone makes such differences.
  private static final double NOISE = 1;

  private Blockiness() {}

  /**
   * @param scale by which the picture was divided as it was decoded
   * @return 0 (none, or blocks are too small to see at that scale) to 1
   */
  static double of(GreyPicture picture, int scale) {
    int block = BLOCK / scale;
    if (block < 4 || picture.width() < 2 * block || picture.height() < 2 * block) {
      return 0;
    }
    byte[] luma = picture.luma();
    int width = picture.width();
    int height = picture.height();
    long edges = 0;
    long inside = 0;
    int edgeCount = 0;
    int insideCount = 0;
    for (int y = 0; y < height; y += EVERY) {
      for (int x = 1; x < width; x++) {
        int at = y * width + x;
        int step = Math.abs((luma[at] & 0xFF) - (luma[at - 1] & 0xFF));
        if (x % block == 0) {
          edges += step;
          edgeCount++;
        } else {
          inside += step;
          insideCount++;
        }
      }
    }
    for (int y = 1; y < height; y++) {
      long sum = 0;
      for (int at = y * width; at < (y + 1) * width; at += EVERY) {
        sum += Math.abs((luma[at] & 0xFF) - (luma[at - width] & 0xFF));
      }
      int count = (width + EVERY - 1) / EVERY;
      if (y % block == 0) {
        edges += sum;
        edgeCount += count;
      } else {
        inside += sum;
        insideCount += count;
      }
    }
    double across = (double) edges / edgeCount;
    double beside = (double) inside / insideCount;
    return Math.max(0, (across - beside) / (across + beside + NOISE));
  }
}
