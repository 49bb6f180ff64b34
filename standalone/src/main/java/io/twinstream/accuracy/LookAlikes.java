package io.twinstream.accuracy;

import io.twinstream.edit.Encoding;
import io.twinstream.sample.scene.Kind;
import io.twinstream.sample.scene.Scene;
import io.twinstream.sample.scene.StrokeFont;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Locale;
import java.util.SplittableRandom;

/** Kinds of pictures that look alike and are not the same, painted. */
enum LookAlikes {
  /** What a camera sees that pans over one scene. */
  FRAMES,
  /** Other words on one template. */
  SLIDES,
  /** Other goods in packages with one logo. */
  PACKAGES,
  /** Pages of text. */
  TEXT_PAGES;

  /** How many there are of each. */
  static final int OF_EACH = 12;

  private static final int WIDTH = 480;
  private static final int HEIGHT = 360;
  private static final String LETTERS = "ETAOINSHRDLUCMFWYP";

  /** The name of its folder. */
  String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** One of them as a file, the same each time. */
  byte[] paint(int number) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    SplittableRandom random = new SplittableRandom(number + 1);
    switch (this) {
      case FRAMES -> frame(graphics, number);
      case SLIDES -> slide(graphics, random);
      case PACKAGES -> pack(graphics, random);
      case TEXT_PAGES -> page(graphics, random);
    }
    graphics.dispose();
    return new Encoding.Jpeg(90).encode(image);
  }

  private static void frame(Graphics2D graphics, int number) {
    BufferedImage scene = new Scene(Kind.CITY, 7, 7).paint();
    // A quarter wider than what each frame sees: a fiftieth is new in each.
    int step = WIDTH / 4 / (OF_EACH - 1);
    graphics.drawImage(scene, -number * step, 0, 5 * WIDTH / 4, HEIGHT, null);
  }

  private static void slide(Graphics2D graphics, SplittableRandom random) {
    fill(graphics, new Color(0xf4f6fa), 0, 0, WIDTH, HEIGHT);
    fill(graphics, new Color(0x1b3a6b), 0, 0, WIDTH, HEIGHT / 6);
    fill(graphics, new Color(0xd9822b), 0, HEIGHT / 6, WIDTH, 6);
    write(graphics, Color.WHITE, words(random, 18), 24, 20, 22);
    for (int line = 0; line < 6; line++) {
      fill(graphics, new Color(0xd9822b), 30, 100 + 38 * line, 8, 8);
      write(graphics, new Color(0x22303f), words(random, 26), 52, 96 + 38 * line, 14);
    }
  }

  private static void pack(Graphics2D graphics, SplittableRandom random) {
    fill(graphics, new Color(0xe9e4da), 0, 0, WIDTH, HEIGHT);
    fill(graphics, new Color(0xb3202a), 120, 20, 240, 320);
    graphics.setColor(Color.WHITE);
    graphics.fillOval(170, 40, 140, 90);
    write(graphics, new Color(0xb3202a), "TWIN", 194, 70, 30);
    graphics.setColor(new Color(random.nextInt(0x1000000)));
    int size = random.nextInt(50, 110);
    int x = 240 - size / 2;
    if (random.nextBoolean()) {
      graphics.fillOval(x, 160, size, size);
    } else {
      graphics.fillRect(x, 160, size, size);
    }
    write(graphics, Color.WHITE, words(random, 10), 150, 295, 20);
  }

  private static void page(Graphics2D graphics, SplittableRandom random) {
    fill(graphics, Color.WHITE, 0, 0, WIDTH, HEIGHT);
    for (int line = 0; line < 20; line++) {
      int letters = line % 7 == 6 ? random.nextInt(8, 30) : 46;
      write(graphics, Color.BLACK, words(random, letters), 30, 20 + 16 * line, 8);
    }
  }

  private static void fill(Graphics2D graphics, Color colour, int x, int y, int w, int h) {
    graphics.setColor(colour);
    graphics.fillRect(x, y, w, h);
  }

  private static void write(
      Graphics2D graphics, Color colour, String text, int x, int y, int height) {
    graphics.setColor(colour);
    graphics.setStroke(new BasicStroke(height / 8f));
    graphics.draw(StrokeFont.write(text, x, y, height));
  }

  /** Words of two to eight letters that mean nothing. */
  private static String words(SplittableRandom random, int letters) {
    StringBuilder text = new StringBuilder();
    int left = random.nextInt(2, 9);
    while (text.length() < letters) {
      if (left-- == 0) {
        text.append(' ');
        left = random.nextInt(2, 9);
      } else {
        text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
    }
    return text.toString();
  }
}
