package io.twinstream.picture;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;
import java.util.Arrays;

/** Reads a {@link BufferedImage} of any type row by row, on white. */
final class BufferedRows {
  private final BufferedImage image;
  private final int left;
  private final PixelSink sink;

  /** How many pixels of a row lie within the picture. */
  private final int used;

  private BufferedRows(BufferedImage image, int left, PixelSink sink) {
    this.image = image;
    this.left = left;
    this.sink = sink;
    this.used = Math.clamp(sink.width() - (long) left, 0, image.getWidth());
  }

  /** Gives all of a picture that is as large as the sink wants it; around the image it is white. */
  static void copy(BufferedImage image, int left, int top, PixelSink sink) {
    boolean grey = isGrey(image.getColorModel());
    BufferedRows rows = new BufferedRows(grey ? image : inSrgb(image), left, sink);
    if (grey) {
      rows.copyGrey(top);
    } else {
      rows.copyColours(top);
    }
  }

  /** To Java 2D grey levels are linear light: whatever it did with them would brighten them. */
  private static boolean isGrey(ColorModel model) {
    return model instanceof ComponentColorModel
        && model.getColorSpace().getType() == ColorSpace.TYPE_GRAY
        && model.getComponentSize(0) <= 16
        && !model.isAlphaPremultiplied();
  }

  /**
   * Pixel by pixel, as {@link BufferedImage#getRGB} does it, it would take a hundred times longer.
   */
  private static BufferedImage inSrgb(BufferedImage image) {
    if (image.getColorModel().getColorSpace().isCS_sRGB()) {
      return image;
    }
    BufferedImage converted =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_ARGB);
    return new ColorConvertOp(null).filter(image, converted);
  }

  private void copyColours(int top) {
    int[] argb = new int[image.getWidth()];
    byte[] bgr = new byte[3 * sink.width()];
    for (int y = 0; y < sink.height(); y++) {
      Arrays.fill(bgr, (byte) 255);
      if (isWithin(y - top)) {
        image.getRGB(0, y - top, image.getWidth(), 1, argb, 0, image.getWidth());
        for (int x = 0; x < used; x++) {
          int alpha = argb[x] >>> 24;
          int to = 3 * (left + x);
          bgr[to] = (byte) Luma.onWhite(argb[x] & 0xFF, alpha);
          bgr[to + 1] = (byte) Luma.onWhite(argb[x] >> 8 & 0xFF, alpha);
          bgr[to + 2] = (byte) Luma.onWhite(argb[x] >> 16 & 0xFF, alpha);
        }
      }
      sink.addBgr(bgr);
    }
  }

  private void copyGrey(int top) {
    Raster raster = image.getRaster();
    int width = image.getWidth();
    int most = (1 << image.getColorModel().getComponentSize(0)) - 1;
    boolean opaque = raster.getNumBands() == 1;
    int[] levels = new int[width];
    int[] alphas = new int[width];
    Arrays.fill(alphas, most);
    byte[] luma = new byte[sink.width()];
    for (int y = 0; y < sink.height(); y++) {
      Arrays.fill(luma, (byte) 255);
      if (isWithin(y - top)) {
        raster.getSamples(0, y - top, width, 1, 0, levels);
        if (!opaque) {
          raster.getSamples(0, y - top, width, 1, 1, alphas);
        }
        for (int x = 0; x < used; x++) {
          luma[left + x] = (byte) Luma.onWhite(255 * levels[x] / most, 255 * alphas[x] / most);
        }
      }
      sink.addGrey(luma);
    }
  }

  private boolean isWithin(int row) {
    return row >= 0 && row < image.getHeight();
  }
}
