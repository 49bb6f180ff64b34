package io.twinstream.fingerprint;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Paints pictures and writes them as files in memory. */
final class Pictures {
  private Pictures() {}

  /** Something with light, shade and edges; equal seeds give equal pictures at every size. */
  static BufferedImage scene(long seed, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Random random = new Random(seed);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(width, height);
    graphics.setPaint(new GradientPaint(0, 0, color(random), 1, 1, color(random)));
    graphics.fill(new Rectangle2D.Double(0, 0, 1, 1));
    for (int i = 0; i < 12; i++) {
      graphics.setPaint(color(random));
      graphics.fill(
          new Ellipse2D.Double(
              random.nextDouble(),
              random.nextDouble(),
              random.nextDouble() / 2,
              random.nextDouble() / 2));
    }
    graphics.dispose();
    return image;
  }

  static BufferedImage flat(Color color, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(color);
    graphics.fillRect(0, 0, width, height);
    graphics.dispose();
    return image;
  }

  /** The picture as another type of image, for example grey. */
  static BufferedImage as(int type, BufferedImage image) {
    BufferedImage copy = new BufferedImage(image.getWidth(), image.getHeight(), type);
    Graphics2D graphics = copy.createGraphics();
    graphics.drawImage(image, 0, 0, null);
    graphics.dispose();
    return copy;
  }

  static byte[] file(BufferedImage image, String format) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, file)) {
        throw new IllegalArgumentException("no writer for " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }

  private static Color color(Random random) {
    return new Color(random.nextInt(0x1000000));
  }
}
