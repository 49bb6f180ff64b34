package io.twinstream.fingerprint;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferInt;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;

/**
 * Scales a picture to a small grey square, each target pixel being the mean of the source area it
 * covers (edges weighted by their fraction), so that nothing aliases into the hash. Luma is that of
 * ITU-R BT.601; transparency lies on white.
 */
final class AreaAverage {
  private AreaAverage() {}

  /**
   * The picture at {@code size} × {@code size}.
   *
   * @return luma, 0 to 255, row by row
   */
  static float[] toGrey(BufferedImage image, int size) {
    BufferedImage source = readable(image);
    int width = source.getWidth();
    int height = source.getHeight();
    float[] luma = new float[width];
    float[] row = new float[size];
    float[] sums = new float[size * size];
    double targetRowsARow = (double) size / height;
    for (int y = 0; y < height; y++) {
      readLuma(source, y, luma);
      shrinkRow(luma, row);
      double from = y * targetRowsARow;
      double to = (y + 1) * targetRowsARow;
      for (int ty = (int) from; ty < Math.min(size, Math.ceil(to)); ty++) {
        float weight = (float) (Math.min(to, ty + 1.0) - Math.max(from, ty));
        for (int tx = 0; tx < size; tx++) {
          sums[ty * size + tx] += weight * row[tx];
        }
      }
    }
    return sums;
  }

  private static void shrinkRow(float[] luma, float[] row) {
    int width = luma.length;
    int size = row.length;
    double pixelsATarget = (double) width / size;
    for (int tx = 0; tx < size; tx++) {
      double from = tx * pixelsATarget;
      double to = Math.min(width, (tx + 1) * pixelsATarget);
      int first = (int) from;
      int last = Math.min(width - 1, (int) Math.ceil(to) - 1);
      double sum = 0;
      for (int x = first; x <= last; x++) {
        sum += luma[x];
      }
      sum -= (from - first) * luma[first];
      sum -= (last + 1 - to) * luma[last];
      row[tx] = (float) (sum / (to - from));
    }
  }

  private static void readLuma(BufferedImage image, int y, float[] luma) {
    int width = luma.length;
    switch (image.getType()) {
      case BufferedImage.TYPE_BYTE_GRAY -> {
        byte[] data = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        int at = y * width;
        for (int x = 0; x < width; x++) {
          luma[x] = data[at + x] & 0xFF;
        }
      }
      case BufferedImage.TYPE_3BYTE_BGR -> {
        byte[] data = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        int at = y * width * 3;
        for (int x = 0; x < width; x++, at += 3) {
          luma[x] = luma(data[at + 2] & 0xFF, data[at + 1] & 0xFF, data[at] & 0xFF);
        }
      }
      case BufferedImage.TYPE_INT_RGB -> {
        int[] data = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        int at = y * width;
        for (int x = 0; x < width; x++) {
          int rgb = data[at + x];
          luma[x] = luma((rgb >> 16) & 0xFF, (rgb >> 8) & 0xFF, rgb & 0xFF);
        }
      }
      default -> throw new IllegalArgumentException("not a readable type: " + image.getType());
    }
  }

  private static float luma(int red, int green, int blue) {
    return 0.299f * red + 0.587f * green + 0.114f * blue;
  }

  /** The picture itself where its pixels lie as {@link #readLuma} reads them, else a copy. */
  private static BufferedImage readable(BufferedImage image) {
    int type = image.getType();
    boolean direct =
        type == BufferedImage.TYPE_BYTE_GRAY
            || type == BufferedImage.TYPE_3BYTE_BGR
            || type == BufferedImage.TYPE_INT_RGB;
    if (direct && isContiguous(image)) {
      return image;
    }
    if (type == BufferedImage.TYPE_CUSTOM && isGrey(image.getColorModel())) {
      return greyOnWhite(image);
    }
    BufferedImage copy =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = copy.createGraphics();
    graphics.drawImage(image, 0, 0, Color.WHITE, null);
    graphics.dispose();
    return copy;
  }

  private static boolean isGrey(ColorModel model) {
    return model instanceof ComponentColorModel
        && model.getColorSpace().getType() == ColorSpace.TYPE_GRAY
        && model.getComponentSize(0) <= 16
        && !model.isAlphaPremultiplied();
  }

  /**
   * Grey with transparency, level by level. To Java 2D its levels are linear light, and drawing it
   * would brighten them, so that it would no longer look like the same picture without alpha.
   */
  private static BufferedImage greyOnWhite(BufferedImage image) {
    int width = image.getWidth();
    BufferedImage copy = new BufferedImage(width, image.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
    Raster from = image.getRaster();
    boolean opaque = from.getNumBands() == 1;
    float white = (1 << image.getColorModel().getComponentSize(0)) - 1;
    int[] levels = new int[width];
    int[] alphas = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      from.getSamples(0, y, width, 1, 0, levels);
      if (!opaque) {
        from.getSamples(0, y, width, 1, 1, alphas);
      }
      for (int x = 0; x < width; x++) {
        float cover = opaque ? 1 : alphas[x] / white;
        levels[x] = Math.round(255 * (1 - cover + cover * levels[x] / white));
      }
      copy.getRaster().setSamples(0, y, width, 1, 0, levels);
    }
    return copy;
  }

  private static boolean isContiguous(BufferedImage image) {
    return image.getRaster().getParent() == null
        && (!(image.getRaster().getSampleModel() instanceof PixelInterleavedSampleModel model)
            || model.getScanlineStride() == image.getWidth() * model.getPixelStride());
  }
}
