package io.twinstream.sample.scene;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Path2D;

/** What people have built. */
final class Town {
  private Town() {}

  static void city(Canvas c) {
    c.wash(c.tone(c.between(0.3, 1)), c.tone(c.between(0.5, 1)));
    c.mottle(14, 42, 0.6);
    c.glow(c.someX(), c.height() * c.between(0.2, 0.6), 45, c.tone(1), 0.8);
    double[] lightness = {0.62, 0.4, 0.16};
    for (int row = 0; row < 3; row++) {
      for (double x = -c.between(0, 10); x < c.width(); ) {
        double breadth = c.between(6, 11 + 6 * row);
        double tall = c.height() * c.between(0.12, 0.82 - 0.2 * row);
        double street = c.height() * (0.78 + 0.12 * row);
        house(c, x, street - tall, breadth, c.height() - street + tall, lightness[row]);
        x += breadth + (c.chance(0.3) ? c.between(1, 9) : 0);
      }
    }
  }

  private static void house(
      Canvas c, double x, double y, double breadth, double tall, double light) {
    Color wall = c.someTone(light - 0.14, light + 0.16);
    c.fillAcross(
        Canvas.box(x, y, breadth, tall),
        Palette.mix(wall, c.tone(1), 0.2),
        Palette.mix(wall, c.tone(0), 0.3));
    if (c.chance(0.3)) {
      c.fill(
          Canvas.polygon(x, y, x + breadth / 2, y - c.between(2, 9), x + breadth, y),
          c.someTone(0, 0.5));
    } else if (c.chance(0.3)) {
      c.fill(Canvas.box(x + breadth * 0.45, y - 8, 0.6, 8), wall);
    }
    double pane = c.between(0.9, 1.6);
    Color lit = c.someTone(0.75, 1);
    Color dark = c.tone(light - 0.25);
    for (double wy = y + pane; wy < y + tall - pane; wy += pane * 2.1) {
      for (double wx = x + pane; wx < x + breadth - pane; wx += pane * 1.8) {
        c.fill(Canvas.box(wx, wy, pane, pane * 1.2), c.chance(0.35) ? lit : dark);
      }
    }
  }

  static void facade(Canvas c) {
    for (double x = 0; x < c.width(); ) {
      double breadth = c.between(22, 48);
      front(c, x, breadth);
      x += breadth;
    }
    for (int shade = c.whole(2, 4); shade > 0; shade--) {
      double x = c.someX();
      double lean = c.between(-50, 50);
      double broad = c.between(10, 40);
      c.fill(
          Canvas.polygon(
              x, -1, x + broad, -1, x + broad + lean, c.height() + 1, x + lean, c.height() + 1),
          Palette.veil(c.tone(0), c.between(0.25, 0.45)));
    }
    for (int tree = c.whole(1, 3); tree > 0; tree--) {
      double x = c.someX();
      double y = c.height() * c.between(0.55, 0.85);
      c.fill(Canvas.box(x - 1, y, 2, c.height()), c.tone(0));
      Color leaf = c.someTone(0.1, 0.5);
      for (int i = 0; i < 26; i++) {
        c.fill(
            c.blob(x + c.between(-11, 11), y + c.between(-12, 8), 4, 3.5),
            Palette.mix(leaf, c.tone(1), c.between(0, 0.4)));
      }
    }
  }

  private static void front(Canvas c, double x, double breadth) {
    double roof = c.height() * c.between(-0.05, 0.28);
    Color wall = c.someTone(0.25, 0.95);
    c.fillDown(Canvas.box(x, 0, breadth, roof + 1), c.tone(0.9), c.someTone(0.6, 1));
    c.inside(
        Canvas.box(x, 0, breadth, c.height()),
        () -> {
          c.fillDown(
              Canvas.box(x, roof, breadth, c.height()), wall, Palette.mix(wall, c.tone(0), 0.3));
          for (int stain = 0; stain < 6; stain++) {
            c.glow(
                x + c.between(0, breadth),
                c.someY(),
                c.between(6, 20),
                c.anyTone(),
                c.between(0.2, 0.6));
          }
        });
    c.fill(Canvas.box(x - 0.5, roof - 2, breadth + 1, 2.4), Palette.mix(wall, c.tone(0), 0.5));
    int columns = c.whole(2, 4);
    double cell = breadth / columns;
    double storey = c.between(15, 24);
    Color frame = c.someTone(0.7, 1);
    for (double y = roof + 4; y < c.height() - storey * 0.6; y += storey) {
      for (int column = 0; column < columns; column++) {
        if (c.chance(0.85)) {
          window(c, x + cell * (column + 0.25), y, cell * 0.5, storey * 0.62, frame);
        }
      }
    }
    c.fillDown(
        Canvas.box(x + cell * 0.2, c.height() - 20, cell * 0.6, 20), c.anyTone(), c.tone(0.1));
  }

  private static void window(Canvas c, double x, double y, double w, double h, Color frame) {
    c.fill(Canvas.box(x - 0.7, y - 0.7, w + 1.4, h + 1.4), frame);
    c.fillDown(Canvas.box(x, y, w, h), c.someTone(0, 0.8), c.someTone(0, 0.4));
    if (c.chance(0.4)) {
      c.fill(Canvas.box(x, y, w, h * c.between(0.2, 0.8)), c.someTone(0.4, 1));
    }
    c.fill(Canvas.box(x + w / 2 - 0.3, y, 0.6, h), frame);
    c.fill(Canvas.box(x, y + h * 0.4, w, 0.6), frame);
    if (c.chance(0.4)) {
      c.fill(Canvas.box(x - 2, y + h * 0.85, w + 4, h * 0.25), c.someTone(0, 0.5));
    }
  }

  static void streetMap(Canvas c) {
    c.wash(c.tone(0.9), c.tone(0.85));
    double turn = c.between(-0.6, 0.6);
    double side = Math.hypot(c.width(), c.height());
    c.at(
        c.width() / 2,
        c.height() / 2,
        turn,
        () -> {
          for (double y = -side / 2; y < side / 2; ) {
            double deep = c.between(7, 20);
            for (double x = -side / 2 - c.between(0, 12); x < side / 2; ) {
              double broad = c.between(6, 24);
              block(c, x, y, broad - 1.4, deep - 1.4);
              x += broad;
            }
            y += deep;
          }
        });
    for (int park = c.whole(3, 6); park > 0; park--) {
      Shape green = c.blob(c.someX(), c.someY(), c.between(8, 20), c.between(8, 20));
      c.fill(green, c.someTone(0.25, 0.6));
      c.outline(green, 0.8, c.tone(0.95));
    }
    river(c, c.between(7, 14), c.someTone(0.1, 0.45));
    for (int road = c.whole(2, 4); road > 0; road--) {
      river(c, c.between(2, 3.4), c.someTone(0.7, 1));
    }
    for (int name = c.whole(4, 8); name > 0; name--) {
      c.at(
          c.someX(),
          c.someY(),
          turn,
          () -> c.text(Words.one(c), 0, 0, c.between(2, 3.2), c.tone(0)));
    }
    for (int pin = c.whole(2, 6); pin > 0; pin--) {
      double x = c.someX();
      double y = c.someY();
      c.fill(Canvas.polygon(x - 2.4, y - 5, x, y, x + 2.4, y - 5), new Color(0xb3303a));
      c.fill(Canvas.disc(x, y - 6, 2.6, 2.6), new Color(0xb3303a));
      c.fill(Canvas.disc(x, y - 6, 1, 1), Color.WHITE);
    }
  }

  private static void block(Canvas c, double x, double y, double broad, double deep) {
    Color ground = c.someTone(0.3, 1);
    c.fill(Canvas.box(x, y, broad, deep), ground);
    for (double hx = x + 0.6; hx < x + broad - 2; hx += c.between(2, 4)) {
      c.fill(
          Canvas.box(hx, y + 0.6, 1.6, c.between(0.2, 0.8) * deep),
          Palette.mix(ground, c.tone(0), c.between(0.1, 0.45)));
    }
  }

  /** A winding band from one side of the frame to the other: water, or a main road. */
  private static void river(Canvas c, double breadth, Color colour) {
    Path2D course = new Path2D.Double();
    if (c.chance(0.5)) {
      course.moveTo(-10, c.someY());
      course.curveTo(
          c.width() * 0.3, c.someY(), c.width() * 0.6, c.someY(), c.width() + 10, c.someY());
    } else {
      course.moveTo(c.someX(), -10);
      course.curveTo(
          c.someX(), c.height() * 0.3, c.someX(), c.height() * 0.6, c.someX(), c.height() + 10);
    }
    c.outline(course, breadth + 0.8, Palette.mix(colour, c.tone(0), 0.35));
    c.outline(course, breadth, colour);
  }
}
