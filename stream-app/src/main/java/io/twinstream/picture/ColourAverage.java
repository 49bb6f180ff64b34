package io.twinstream.picture;

import java.util.Arrays;

/**
 * Makes a picture smaller, each new pixel being the mean of the area that it covers, with pixels at
 * its edges weighted by their covered part.
 */
final class ColourAverage {
  private static final int CHANNELS = Channels.BGR.count();

  private final ColourPicture picture;
  private final int width;
  private final int height;

  private ColourAverage(ColourPicture picture, int width, int height) {
    this.picture = picture;
    this.width = width;
    this.height = height;
  }

  /**
   * The picture at another size.
   *
   * @param width pixels, 1 to those of the picture
   * @param height likewise
   */
  static ColourPicture of(ColourPicture picture, int width, int height) {
    return width == picture.width() && height == picture.height()
        ? picture
        : new ColourAverage(picture, width, height).made();
  }

  private ColourPicture made() {
    byte[] bgr = new byte[CHANNELS * width * height];
    double down = (double) picture.height() / height;
    float[] sums = new float[CHANNELS * picture.width()];
    for (int y = 0; y < height; y++) {
      addRows(y * down, Math.min((y + 1) * down, picture.height()), sums);
      write(sums, down, bgr, y * CHANNELS * width);
    }
    return new ColourPicture(width, height, bgr);
  }

  private void addRows(double from, double to, float[] sums) {
    Arrays.fill(sums, 0);
    byte[] bgr = picture.bgr();
    for (int row = (int) from; row < to; row++) {
      float part = (float) (Math.min(to, row + 1) - Math.max(from, row));
      int at = row * sums.length;
      for (int i = 0; i < sums.length; i++) {
        sums[i] += part * (bgr[at + i] & 0xFF);
      }
    }
  }

  private void write(float[] sums, double down, byte[] bgr, int rowStart) {
    double across = (double) picture.width() / width;
    float area = (float) (across * down);
    for (int x = 0; x < width; x++) {
      double from = x * across;
      double to = Math.min((x + 1) * across, picture.width());
      float blue = 0;
      float green = 0;
      float red = 0;
      for (int column = (int) from; column < to; column++) {
        float part = (float) (Math.min(to, column + 1) - Math.max(from, column));
        blue += part * sums[CHANNELS * column];
        green += part * sums[CHANNELS * column + 1];
        red += part * sums[CHANNELS * column + 2];
      }
      int at = rowStart + CHANNELS * x;
      bgr[at] = (byte) Math.min(255, Math.round(blue / area));
      bgr[at + 1] = (byte) Math.min(255, Math.round(green / area));
      bgr[at + 2] = (byte) Math.min(255, Math.round(red / area));
    }
  }
}
