package io.twinstream.picture;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
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
    BufferedRows rows = new BufferedRows(image, left, sink);
    if (hasSamples(image.getColorModel())) {
      rows.copySamples(top);
    } else {
      rows.copyColours(top);
    }
  }

  /**
   * Whether the samples themselves are taken, as OpenCV takes them. To Java 2D grey levels are
   * linear light, which would brighten them, and inks take it many seconds.
   */
  private static boolean hasSamples(ColorModel model) {
    return model instanceof ComponentColorModel
        && switch (model.getColorSpace().getType()) {
          case ColorSpace.TYPE_GRAY, ColorSpace.TYPE_RGB, ColorSpace.TYPE_CMYK -> true;
          default -> false;
        };
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

  private void copySamples(int top) {
    SampleRow samples = new SampleRow(image);
    boolean grey = image.getColorModel().getNumColorComponents() == 1;
    int count = grey ? 1 : 3;
    byte[] row = new byte[count * sink.width()];
    for (int y = 0; y < sink.height(); y++) {
      Arrays.fill(row, (byte) 255);
      if (isWithin(y - top)) {
        samples.read(y - top);
        samples.onWhite(row, count * left, used);
      }
      if (grey) {
        sink.addGrey(row);
      } else {
        sink.addBgr(row);
      }
    }
  }

  private boolean isWithin(int row) {
    return row >= 0 && row < image.getHeight();
  }
}
