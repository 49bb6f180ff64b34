package io.twinstream.edit;

import io.twinstream.sample.scene.StrokeFont;
import io.twinstream.schema.Orientation;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;

/** A change of a picture's pixels. Returns a picture of its own or, unchanged, the one given. */
@FunctionalInterface
public interface Retouch extends UnaryOperator<BufferedImage> {

  static Retouch none() {
    return image -> image;
  }

  static Retouch resize(double across, double down) {
    return image -> {
      int width = (int) Math.round(image.getWidth() * across);
      int height = (int) Math.round(image.getHeight() * down);
      BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = result.createGraphics();
      if (across < 1 || down < 1) {
        // Bilinear scaling drops pixels below one half.
        graphics.drawImage(
            image.getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING), 0, 0, null);
      } else {
        graphics.setRenderingHint(
            RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, width, height, null);
      }
      graphics.dispose();
      return result;
    };
  }

  /**
   * Cuts a margin off.
   *
   * @param margin at each edge, as a share of the side
   */
  static Retouch crop(double margin) {
    return crop(margin, margin, margin, margin);
  }

  /** Cuts margins off, each a share of the side that it shortens. */
  static Retouch crop(double left, double top, double right, double bottom) {
    return image -> {
      int x = (int) Math.round(image.getWidth() * left);
      int y = (int) Math.round(image.getHeight() * top);
      int width = image.getWidth() - x - (int) Math.round(image.getWidth() * right);
      int height = image.getHeight() - y - (int) Math.round(image.getHeight() * bottom);
      return copy(image.getSubimage(x, y, width, height));
    };
  }

  /** Each level multiplied and shifted, from 0 to 255. */
  static Retouch tone(double factor, double shift) {
    return eachPixel(rgb -> {
      int red = level((rgb >> 16 & 0xFF) * factor + shift);
      int green = level((rgb >> 8 & 0xFF) * factor + shift);
      return red << 16 | green << 8 | level((rgb & 0xFF) * factor + shift);
    });
  }

  /**
   * More or less colour at the same luma.
   *
   * @param factor 0 is grey, 1 changes nothing
   */
  static Retouch saturate(double factor) {
    return eachPixel(rgb -> {
      double luma = luma(rgb);
      int red = level(luma + ((rgb >> 16 & 0xFF) - luma) * factor);
      int green = level(luma + ((rgb >> 8 & 0xFF) - luma) * factor);
      return red << 16 | green << 8 | level(luma + ((rgb & 0xFF) - luma) * factor);
    });
  }

  /**
   * All colours moved round the colour wheel, brightness and saturation (HSB) kept.
   *
   * @param degrees 0 to 360
   */
  static Retouch hue(double degrees) {
    float turn = (float) (degrees / 360);
    return eachPixel(rgb -> {
      float[] hsb = Color.RGBtoHSB(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF, null);
      return Color.HSBtoRGB(hsb[0] + turn, hsb[1], hsb[2]);
    });
  }

  static Retouch sepia() {
    return eachPixel(rgb -> {
      double luma = luma(rgb);
      return level(luma * 1.08) << 16 | level(luma * 0.95) << 8 | level(luma * 0.74);
    });
  }

  /**
   * A frame of one colour around the picture.
   *
   * @param width on each side, as a share of the picture's own
   */
  static Retouch border(double width, Color colour) {
    return image -> {
      int x = (int) Math.round(image.getWidth() * width);
      int y = (int) Math.round(image.getHeight() * width);
      BufferedImage result =
          new BufferedImage(
              image.getWidth() + 2 * x, image.getHeight() + 2 * y, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = result.createGraphics();
      graphics.setColor(colour);
      graphics.fillRect(0, 0, result.getWidth(), result.getHeight());
      graphics.drawImage(image, x, y, null);
      graphics.dispose();
      return result;
    };
  }

  /** Turned clockwise. The picture grows, so that nothing is lost; what comes in is black. */
  static Retouch rotate(double degrees) {
    double angle = Math.toRadians(degrees);
    double along = Math.abs(Math.cos(angle));
    double across = Math.abs(Math.sin(angle));
    return image -> {
      int width = image.getWidth();
      int height = image.getHeight();
      BufferedImage result =
          new BufferedImage(
              (int) Math.ceil(width * along + height * across),
              (int) Math.ceil(height * along + width * across),
              BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = result.createGraphics();
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      graphics.translate(result.getWidth() / 2.0, result.getHeight() / 2.0);
      graphics.rotate(angle);
      graphics.translate(-width / 2.0, -height / 2.0);
      graphics.drawImage(image, 0, 0, null);
      graphics.dispose();
      return result;
    };
  }

  /** Turned or mirrored without loss. */
  static Retouch turn(Orientation way) {
    return image -> {
      int width = image.getWidth();
      int height = image.getHeight();
      int[] stored = image.getRGB(0, 0, width, height, null, 0, width);
      int[] turned = new int[stored.length];
      int newWidth = way.swapsSides() ? height : width;
      for (int i = 0; i < turned.length; i++) {
        turned[i] = stored[way.storedIndex(i % newWidth, i / newWidth, width, height)];
      }
      BufferedImage result =
          new BufferedImage(newWidth, turned.length / newWidth, BufferedImage.TYPE_INT_RGB);
      result.setRGB(0, 0, newWidth, result.getHeight(), turned, 0, newWidth);
      return result;
    };
  }

  static Retouch blur() {
    return convolve(1, 2, 1, 2, 4, 2, 1, 2, 1);
  }

  static Retouch sharpen() {
    return convolve(0, -1, 0, -1, 8, -1, 0, -1, 0);
  }

  /** Grain of up to that many levels, the same in each picture. */
  static Retouch noise(int levels) {
    return image -> {
      SplittableRandom grain = new SplittableRandom(levels);
      return eachPixel(
              rgb -> {
                int speck = grain.nextInt(-levels, levels + 1);
                int red = level((rgb >> 16 & 0xFF) + speck);
                int green = level((rgb >> 8 & 0xFF) + speck);
                return red << 16 | green << 8 | level((rgb & 0xFF) + speck);
              })
          .apply(image);
    };
  }

  /** A line of small letters near the lower edge. */
  static Retouch caption(String text) {
    return caption(text, 0.026, 0.945);
  }

  /**
   * A line of white letters with black outlines.
   *
   * @param size of letters, as a share of the picture's height
   * @param place of their upper edge, likewise
   */
  static Retouch caption(String text, double size, double place) {
    return image -> {
      double height = image.getHeight() * size;
      double left = image.getWidth() * 0.03;
      double top = image.getHeight() * place;
      return drawn(
          image,
          graphics -> {
            for (Color colour : new Color[] {Color.BLACK, Color.WHITE}) {
              float pen = (float) height * (colour.equals(Color.BLACK) ? 0.3f : 0.14f);
              graphics.setStroke(
                  new BasicStroke(pen, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
              graphics.setColor(colour);
              graphics.draw(StrokeFont.write(text, left, top, height));
            }
          });
    };
  }

  /** A badge of two overlapping rings in the upper right corner. */
  static Retouch logo() {
    return logo(1.0 / 16);
  }

  /**
   * A badge of two overlapping rings in the upper right corner.
   *
   * @param share of a ring in the shorter side
   */
  static Retouch logo(double share) {
    return image -> {
      int size = (int) (Math.min(image.getWidth(), image.getHeight()) * share);
      int left = image.getWidth() - 3 * size;
      return drawn(
          image,
          graphics -> {
            graphics.setStroke(new BasicStroke(size / 6f));
            graphics.setColor(Color.WHITE);
            graphics.drawOval(left, size, size, size);
            graphics.setColor(new Color(0xd9482b));
            graphics.drawOval(left + size * 2 / 3, size, size, size);
          });
    };
  }

  /**
   * A Gaussian blur, the edge pixels carried on.
   *
   * @param sigma in pixels
   */
  static Retouch blur(double sigma) {
    return new GaussianBlur(sigma)::apply;
  }

  private static Retouch convolve(int... weights) {
    int sum = 0;
    for (int weight : weights) {
      sum += weight;
    }
    float[] kernel = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      kernel[i] = (float) weights[i] / sum;
    }
    ConvolveOp convolution = new ConvolveOp(new Kernel(3, 3, kernel), ConvolveOp.EDGE_NO_OP, null);
    return image ->
        convolution.filter(
            copy(image),
            new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB));
  }

  private static Retouch eachPixel(IntUnaryOperator change) {
    return image -> {
      BufferedImage result = copy(image);
      int width = image.getWidth();
      int[] row = new int[width];
      for (int y = 0; y < image.getHeight(); y++) {
        result.getRGB(0, y, width, 1, row, 0, width);
        for (int x = 0; x < width; x++) {
          row[x] = change.applyAsInt(row[x]);
        }
        result.setRGB(0, y, width, 1, row, 0, width);
      }
      return result;
    };
  }

  private static BufferedImage drawn(BufferedImage image, Consumer<Graphics2D> drawing) {
    BufferedImage result = copy(image);
    Graphics2D graphics = result.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    drawing.accept(graphics);
    graphics.dispose();
    return result;
  }

  private static BufferedImage copy(BufferedImage image) {
    BufferedImage copy =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = copy.createGraphics();
    graphics.drawImage(image, 0, 0, null);
    graphics.dispose();
    return copy;
  }

  private static double luma(int rgb) {
    return 0.299 * (rgb >> 16 & 0xFF) + 0.587 * (rgb >> 8 & 0xFF) + 0.114 * (rgb & 0xFF);
  }

  private static int level(double value) {
    return Math.clamp(Math.round(value), 0, 255);
  }
}
