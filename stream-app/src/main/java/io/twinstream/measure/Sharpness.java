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

  private Sharpness() {}

  /** 0 for a flat picture, and for one of less than three pixels a side. */
  static double of(GreyPicture picture) {
    int width = Math.min(SIDE, picture.width());
    int height = Math.min(SIDE, picture.height());
    if (width < 3 || height < 3) {
      return 0;
    }
    float[] luma = AreaAverage.of(picture, width, height);
    double sum = 0;
    for (int y = 1; y < height - 1; y++) {
      float row = 0;
      for (int at = y * width + 1; at < (y + 1) * width - 1; at++) {
        float around = luma[at - 1] + luma[at + 1] + luma[at - width] + luma[at + width];
        row += Math.abs(4 * luma[at] - around);
      }
      sum += row;
    }
    return sum / ((width - 2) * (height - 2));
  }
}
