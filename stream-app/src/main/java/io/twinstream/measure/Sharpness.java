package io.twinstream.measure;

import io.twinstream.hash.AreaAverage;
import io.twinstream.picture.GreyPicture;

/**
 * The mean absolute Laplacian of luma. The picture is first made as small as {@value #SIDE} pixels
 * a side, or copies of different sizes could not be compared, nor those that were decoded at
 * different scales.
 */
final class Sharpness {
  private static final int SIDE = 256;
  // Rows that are looked at: so many say what all would, and cost a third.
  private static final int BANDS = 16;

  private Sharpness() {}

  /** 0 for a flat picture, and for one of less than three pixels a side. */
  static double of(GreyPicture picture) {
    int width = Math.min(SIDE, picture.width());
    int height = Math.min(SIDE, picture.height());
    if (width < 3 || height < 3) {
      return 0;
    }
    AreaAverage small = new AreaAverage(picture, width, height);
    int every = Math.max(1, height / BANDS);
    double sum = 0;
    int rows = 0;
    for (int y = 1; y < height - 1; y += every) {
      sum += ofMiddle(small.rows(y - 1, 3), width);
      rows++;
    }
    return sum / ((double) rows * (width - 2));
  }

  /** Of the second of three rows. */
  private static float ofMiddle(float[] luma, int width) {
    float sum = 0;
    for (int at = width + 1; at < 2 * width - 1; at++) {
      float around = luma[at - 1] + luma[at + 1] + luma[at - width] + luma[at + width];
      sum += Math.abs(4 * luma[at] - around);
    }
    return sum;
  }
}
