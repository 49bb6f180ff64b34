package io.twinstream.picture;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Random;

/** Paints pictures. */
final class Painting {
  private Painting() {}

  /** Light, shade, edges and grain; equal seeds give equal pictures. */
  static BufferedImage scene(long seed, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Random random = new Random(seed);
    Graphics2D graphics = image.createGraphics();
    graphics.setPaint(new GradientPaint(0, 0, colour(random), width, height, colour(random)));
    graphics.fillRect(0, 0, width, height);
    for (int i = 0; i < 14; i++) {
      graphics.setPaint(colour(random));
      graphics.fill(
          new Ellipse2D.Double(
              width * random.nextDouble(),
              height * random.nextDouble(),
              width * random.nextDouble() / 2,
              height * random.nextDouble() / 2));
    }
    graphics.dispose();
    for (int i = 0; i < width * height / 3; i++) {
      int x = random.nextInt(width);
      int y = random.nextInt(height);
      image.setRGB(x, y, image.getRGB(x, y) ^ 0x070707);
    }
    return image;
  }

  /** The same levels, not the same light, and therefore not drawn. */
  static BufferedImage grey(BufferedImage image) {
    BufferedImage grey =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        grey.getRaster().setSample(x, y, 0, luma(image.getRGB(x, y)));
      }
    }
    return grey;
  }

  static BufferedImage as(int type, BufferedImage image) {
    BufferedImage copy = new BufferedImage(image.getWidth(), image.getHeight(), type);
    Graphics2D graphics = copy.createGraphics();
    graphics.drawImage(image, 0, 0, null);
    graphics.dispose();
    return copy;
  }

  /** Transparency that grows from the left to the right. */
  static BufferedImage fading(BufferedImage image) {
    BufferedImage fading =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_4BYTE_ABGR);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int alpha = 255 - 255 * x / Math.max(1, image.getWidth() - 1);
        fading.setRGB(x, y, (image.getRGB(x, y) & 0xFFFFFF) | (alpha << 24));
      }
    }
    return fading;
  }

  /**
   * With samples of 8 or 16 bits; grey or colours, with or without alpha, as the image has them.
   */
  static BufferedImage samples(BufferedImage image, int bands, int bits) {
    int type = bits == 16 ? DataBuffer.TYPE_USHORT : DataBuffer.TYPE_BYTE;
    int factor = bits == 16 ? 257 : 1;
    WritableRaster raster =
        Raster.createInterleavedRaster(type, image.getWidth(), image.getHeight(), bands, null);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int argb = image.getRGB(x, y);
        int[] pixel =
            bands < 3
                ? new int[] {luma(argb) * factor, (argb >>> 24) * factor}
                : new int[] {
                  ((argb >> 16) & 0xFF) * factor,
                  ((argb >> 8) & 0xFF) * factor,
                  (argb & 0xFF) * factor,
                  (argb >>> 24) * factor
                };
        raster.setPixel(x, y, pixel);
      }
    }
    boolean alpha = bands % 2 == 0;
    ColorSpace space = ColorSpace.getInstance(bands < 3 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB);
    return new BufferedImage(
        new ComponentColorModel(
            space,
            alpha,
            false,
            alpha ? ComponentColorModel.TRANSLUCENT : ComponentColorModel.OPAQUE,
            type),
        raster,
        false,
        null);
  }

  /** Sixteen colours, of which the first is transparent. */
  static BufferedImage palette(BufferedImage image) {
    byte[] red = new byte[16];
    byte[] green = new byte[16];
    byte[] blue = new byte[16];
    for (int i = 0; i < 16; i++) {
      red[i] = (byte) (i * 17);
      green[i] = (byte) (255 - i * 17);
      blue[i] = (byte) (i * 40);
    }
    BufferedImage palette =
        new BufferedImage(
            image.getWidth(),
            image.getHeight(),
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, 16, red, green, blue, 0));
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        palette.getRaster().setSample(x, y, 0, luma(image.getRGB(x, y)) >> 4);
      }
    }
    return palette;
  }

  /** Luma on white of every pixel, by the book. */
  static double[] lumaOnWhite(BufferedImage image) {
    double[] luma = new double[image.getWidth() * image.getHeight()];
    for (int i = 0; i < luma.length; i++) {
      int argb = image.getRGB(i % image.getWidth(), i / image.getWidth());
      double cover = (argb >>> 24) / 255.0;
      double level =
          0.299 * ((argb >> 16) & 0xFF) + 0.587 * ((argb >> 8) & 0xFF) + 0.114 * (argb & 0xFF);
      luma[i] = 255 * (1 - cover) + cover * level;
    }
    return luma;
  }

  private static int luma(int argb) {
    return (int)
        Math.round(
            0.299 * ((argb >> 16) & 0xFF) + 0.587 * ((argb >> 8) & 0xFF) + 0.114 * (argb & 0xFF));
  }

  private static Color colour(Random random) {
    return new Color(random.nextInt(0x1000000));
  }
}
