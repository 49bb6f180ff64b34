package io.twinstream.sample.scene;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.random.RandomGenerator;

/**
 * What motifs paint on, with the chance that they paint by. The shorter side is 100 units long, so
 * that a motif needn't know about pixels. For one thread and one picture.
 */
final class Canvas {
  private final BufferedImage image;
  private final Graphics2D graphics;
  private final Palette palette;
  private final Palette accents;
  private final RandomGenerator random;
  private final double scale;

  Canvas(int width, int height, Palette palette, Palette accents, RandomGenerator random) {
    this.image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    this.graphics = image.createGraphics();
    this.palette = palette;
    this.accents = accents;
    this.random = random;
    this.scale = Math.min(width, height) / 100.0;
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.scale(scale, scale);
  }

  /** The picture of that motif, with the light and the grain that no real picture is without. */
  BufferedImage paint(Motif motif) {
    motif.paint(this);
    graphics.dispose();
    Finish.apply(image, random);
    return image;
  }

  double width() {
    return image.getWidth() / scale;
  }

  double height() {
    return image.getHeight() / scale;
  }

  // Chance

  double between(double low, double high) {
    return low + random.nextDouble() * (high - low);
  }

  /** A whole number from {@code low} to {@code high}, both included. */
  int whole(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  double someX() {
    return between(0, width());
  }

  double someY() {
    return between(0, height());
  }

  // Colours

  Color tone(double lightness) {
    return palette.tone(lightness);
  }

  /** A tone in that range, itself a little off. */
  Color someTone(double low, double high) {
    return Palette.mix(palette.tone(between(low, high)), anyOf(palette), between(0, 0.2));
  }

  /** Any tone of the palette, or now and then an accent: one that isn't of it. */
  Color anyTone() {
    return chance(0.3) ? anyOf(accents) : someTone(0, 1);
  }

  private Color anyOf(Palette colours) {
    return colours.tone(between(0, 1));
  }

  // Shapes

  static Shape box(double x, double y, double width, double height) {
    return new Rectangle2D.Double(x, y, width, height);
  }

  /** An ellipse about a centre. */
  static Shape disc(double x, double y, double rx, double ry) {
    return new Ellipse2D.Double(x - rx, y - ry, 2 * rx, 2 * ry);
  }

  static Shape polygon(double... points) {
    Path2D path = new Path2D.Double();
    path.moveTo(points[0], points[1]);
    for (int i = 2; i < points.length; i += 2) {
      path.lineTo(points[i], points[i + 1]);
    }
    path.closePath();
    return path;
  }

  /** A closed, smooth, irregular outline about a centre. */
  Shape blob(double x, double y, double rx, double ry) {
    int corners = whole(7, 11);
    double[] px = new double[corners];
    double[] py = new double[corners];
    for (int i = 0; i < corners; i++) {
      double angle = 2 * Math.PI * i / corners;
      double reach = between(0.72, 1.2);
      px[i] = x + rx * reach * Math.cos(angle);
      py[i] = y + ry * reach * Math.sin(angle);
    }
    Path2D path = new Path2D.Double();
    path.moveTo((px[0] + px[corners - 1]) / 2, (py[0] + py[corners - 1]) / 2);
    for (int i = 0; i < corners; i++) {
      int next = (i + 1) % corners;
      path.quadTo(px[i], py[i], (px[i] + px[next]) / 2, (py[i] + py[next]) / 2);
    }
    path.closePath();
    return path;
  }

  /**
   * Everything below a rugged line from edge to edge.
   *
   * @param base the mean height of the line
   * @param amplitude how far it strays
   * @param roughness from 0 (rolling) to 1 (jagged)
   */
  Shape ridge(double base, double amplitude, double roughness) {
    int steps = 128;
    double[] line = new double[steps + 1];
    line[0] = between(-amplitude, amplitude);
    line[steps] = between(-amplitude, amplitude);
    double reach = amplitude;
    for (int step = steps; step > 1; step /= 2) {
      for (int i = step / 2; i < steps; i += step) {
        line[i] = (line[i - step / 2] + line[i + step / 2]) / 2 + between(-reach, reach);
      }
      reach *= 0.3 + 0.3 * roughness;
    }
    Path2D path = new Path2D.Double();
    path.moveTo(-1, height() + 1);
    for (int i = 0; i <= steps; i++) {
      path.lineTo(-1 + (width() + 2) * i / steps, base + line[i]);
    }
    path.lineTo(width() + 1, height() + 1);
    path.closePath();
    return path;
  }

  // Paint

  void fill(Shape shape, Color colour) {
    graphics.setColor(colour);
    graphics.fill(shape);
  }

  /** Fills from one colour at the top to another at the bottom of the shape. */
  void fillDown(Shape shape, Color top, Color bottom) {
    Rectangle2D bounds = shape.getBounds2D();
    graphics.setPaint(
        new GradientPaint(
            0, (float) bounds.getMinY(), top, 0, (float) bounds.getMaxY() + 0.1f, bottom));
    graphics.fill(shape);
  }

  /** Fills from one colour at the left to another at the right of the shape. */
  void fillAcross(Shape shape, Color left, Color right) {
    Rectangle2D bounds = shape.getBounds2D();
    graphics.setPaint(
        new GradientPaint(
            (float) bounds.getMinX(), 0, left, (float) bounds.getMaxX() + 0.1f, 0, right));
    graphics.fill(shape);
  }

  /** Fills the frame, from one colour at the top to another at the bottom. */
  void wash(Color top, Color bottom) {
    fillDown(box(0, 0, width(), height()), top, bottom);
  }

  /** Light, or shade, that fades to nothing at {@code reach} from its centre. */
  void glow(double x, double y, double reach, Color colour, double opacity) {
    graphics.setPaint(
        new RadialGradientPaint(
            (float) x,
            (float) y,
            (float) reach,
            new float[] {0, 0.45f, 1},
            new Color[] {
              Palette.veil(colour, opacity),
              Palette.veil(colour, opacity * 0.55),
              Palette.veil(colour, 0)
            }));
    graphics.fill(disc(x, y, reach, reach));
  }

  void outline(Shape shape, double width, Color colour) {
    graphics.setColor(colour);
    graphics.setStroke(
        new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    graphics.draw(shape);
  }

  /** Large soft patches of light and dark: few surfaces of that size are even. */
  void mottle(int patches, double reach, double opacity) {
    for (int i = 0; i < patches; i++) {
      glow(someX(), someY(), reach * between(0.5, 1.3), anyTone(), opacity * between(0.5, 1));
    }
  }

  void text(String text, double x, double y, double height, Color colour) {
    outline(StrokeFont.write(text, x, y, height), height * 0.13, colour);
  }

  /** Paints inside a shape only. */
  void inside(Shape shape, Runnable painting) {
    Shape before = graphics.getClip();
    graphics.clip(shape);
    painting.run();
    graphics.setClip(before);
  }

  /** Paints around a new origin, turned clockwise by an angle in radians. */
  void at(double x, double y, double angle, Runnable painting) {
    AffineTransform before = graphics.getTransform();
    graphics.translate(x, y);
    graphics.rotate(angle);
    painting.run();
    graphics.setTransform(before);
  }

  /** Paints each pixel by itself. */
  void eachPixel(PixelTone pixels) {
    int[] data = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    for (int y = 0, i = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++, i++) {
        data[i] = pixels.at(i).getRGB();
      }
    }
  }

  /** Noise for {@link #eachPixel}: octaves from {@code cells} a side upwards, about -1 to 1. */
  float[] field(int cells, int octaves) {
    float[] field = new float[image.getWidth() * image.getHeight()];
    double amplitude = 0.6;
    for (int octave = 0; octave < octaves; octave++) {
      new Noise(cells << octave, random)
          .addTo(field, image.getWidth(), image.getHeight(), amplitude);
      amplitude *= 0.55;
    }
    return field;
  }

  /** The colour of a pixel by its index, row by row. */
  @FunctionalInterface
  interface PixelTone {
    Color at(int index);
  }
}
