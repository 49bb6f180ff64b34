package io.twinstream.edit;

import java.awt.image.BufferedImage;

/** A Gaussian blur, along rows and then along columns. Immutable. */
final class GaussianBlur {
  private final float[] kernel;

  /**
   * @param sigma in pixels
   */
  GaussianBlur(double sigma) {
    int reach = (int) Math.ceil(3 * sigma);
    kernel = new float[2 * reach + 1];
    double sum = 0;
    for (int i = -reach; i <= reach; i++) {
      kernel[i + reach] = (float) Math.exp(-i * i / (2 * sigma * sigma));
      sum += kernel[i + reach];
    }
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] /= (float) sum;
    }
  }

  /** The picture blurred; what lies beyond its edges is what lies at them. */
  BufferedImage apply(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
    int[] along = gathered(pixels, width, width, 1);
    int[] both = gathered(along, width, height, width);
    BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    result.setRGB(0, 0, width, height, both, 0, width);
    return result;
  }

  /**
   * @param side pixels along which is blurred
   * @param step from one of them to the next
   */
  private int[] gathered(int[] from, int width, int side, int step) {
    int reach = kernel.length / 2;
    int[] to = new int[from.length];
    for (int at = 0; at < to.length; at++) {
      int place = step == 1 ? at % width : at / width;
      float red = 0.5f;
      float green = 0.5f;
      float blue = 0.5f;
      for (int k = -reach; k <= reach; k++) {
        int rgb = from[at + (Math.clamp(place + k, 0, side - 1) - place) * step];
        red += kernel[k + reach] * (rgb >> 16 & 0xFF);
        green += kernel[k + reach] * (rgb >> 8 & 0xFF);
        blue += kernel[k + reach] * (rgb & 0xFF);
      }
      to[at] = (int) red << 16 | (int) green << 8 | (int) blue;
    }
    return to;
  }
}
