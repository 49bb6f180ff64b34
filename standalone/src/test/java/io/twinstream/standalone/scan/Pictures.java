package io.twinstream.standalone.scan;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** Pictures that no two of which are alike: large shapes of random tones. */
public final class Pictures {
  private static final int SIDE = 256;

  private Pictures() {}

  public static BufferedImage paint(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    for (int i = 0; i < 60; i++) {
      int x = random.nextInt(-40, SIDE);
      int y = random.nextInt(-40, SIDE);
      int size = random.nextInt(20, 110);
      graphics.setPaint(
          new GradientPaint(
              x, y, new Color(random.nextInt()), x + size, y + size, new Color(random.nextInt())));
      if (random.nextBoolean()) {
        graphics.fillOval(x, y, size, size);
      } else {
        graphics.fillRect(x, y, size, size / 2);
      }
    }
    graphics.dispose();
    return image;
  }

  public static byte[] encode(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, format, bytes);
    return bytes.toByteArray();
  }

  public static byte[] jpeg(long seed) throws IOException {
    return encode(paint(seed), "jpg");
  }

  /** A picture with a grey square in it: alike, and in no hash equal. */
  public static byte[] patched(long seed, int place) throws IOException {
    BufferedImage image = paint(seed);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.GRAY);
    graphics.fillRect(30 + 60 * place, 30 + 60 * place, 24, 24);
    graphics.dispose();
    return encode(image, "jpg");
  }

  public static byte[] png(long seed) throws IOException {
    return encode(paint(seed), "png");
  }
}
