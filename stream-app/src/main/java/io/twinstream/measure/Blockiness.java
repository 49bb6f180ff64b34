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
  private static final int EVERY = 5;
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
    Steps all = new Steps(picture.luma());
    Steps edges = new Steps(picture.luma());
    int width = picture.width();
    for (int y = 0; y < picture.height(); y += EVERY) {
      int end = (y + 1) * width;
      all.add(y * width + 1, end, 1, 1);
      edges.add(y * width + block, end, block, 1);
    }
    for (int y = 1; y < picture.height(); y++) {
      int end = (y + 1) * width;
      all.add(y * width, end, EVERY, width);
      if (y % block == 0) {
        edges.add(y * width, end, EVERY, width);
      }
    }
    double across = (double) edges.sum / edges.count;
    double beside = (double) (all.sum - edges.sum) / (all.count - edges.count);
    return Math.max(0, (across - beside) / (across + beside + NOISE));
  }

  /** How much luma changes from one pixel to the next, summed up. */
  private static final class Steps {
    private final byte[] luma;
    private long sum;
    private int count;

    private Steps(byte[] luma) {
      this.luma = luma;
    }

    /**
     * @param stride to the next pixel that is looked at
     * @param back to the pixel that it is compared with
     */
    private void add(int from, int end, int stride, int back) {
      int added = 0;
      for (int at = from; at < end; at += stride) {
        added += Math.abs((luma[at] & 0xFF) - (luma[at - back] & 0xFF));
      }
      sum += added;
      count += Math.ceilDiv(end - from, stride);
    }
  }
}
