package io.twinstream.sample.scene;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Arc2D;
import java.awt.geom.Path2D;

/** What comes out of a press. */
final class Print {
  private Print() {}

  static void page(Canvas c) {
    c.wash(c.tone(0.98), c.tone(0.92));
    stains(c);
    Color ink = c.tone(0.02);
    double margin = c.between(5, 9);
    c.fill(Canvas.box(0, 0, c.width(), c.between(12, 24)), c.someTone(0.1, 0.5));
    c.text(Words.line(c, 10), margin, 5, c.between(5, 7), c.tone(1));
    int columns = c.whole(1, 3);
    double gap = 4;
    double column = (c.width() - 2 * margin - (columns - 1) * gap) / columns;
    double letter = c.between(1.5, 2.1);
    for (int i = 0; i < columns; i++) {
      double x = margin + i * (column + gap);
      for (double y = 28; y < c.height() - margin; ) {
        double room = c.height() - margin - y;
        double deep = Math.min(room, c.between(12, 38));
        switch (c.whole(0, 4)) {
          case 0, 1 -> picture(c, x, y, column, deep);
          case 2 -> {
            c.fill(Canvas.box(x - 1, y, column + 2, deep), c.someTone(0.1, 0.5));
            text(c, x, y + 2, column, deep - 3, letter, c.tone(1));
          }
          default -> text(c, x, y, column, deep, letter, ink);
        }
        y += deep + 3;
      }
    }
  }

  private static void stains(Canvas c) {
    c.mottle(9, 30, 0.4);
    double x = c.someX();
    double y = c.someY();
    c.outline(Canvas.disc(x, y, 11, 11), 1.2, Palette.veil(c.tone(0.35), 0.4));
  }

  private static void text(
      Canvas c, double x, double y, double broad, double deep, double letter, Color ink) {
    int letters = (int) (broad / letter / StrokeFont.widthOf("x"));
    double line = letter * 1.7;
    for (double down = 0; down + letter < deep; down += line) {
      boolean last = c.chance(0.15);
      c.text(Words.line(c, last ? letters / 2 : letters), x, y + down, letter, ink);
    }
  }

  private static void picture(Canvas c, double x, double y, double broad, double deep) {
    Shape frame = Canvas.box(x, y, broad, deep);
    c.fillDown(frame, c.anyTone(), c.anyTone());
    c.inside(
        frame,
        () -> {
          for (int i = 0; i < 7; i++) {
            c.fill(
                c.blob(
                    x + c.between(0, broad),
                    y + c.between(0, deep),
                    c.between(3, 14),
                    c.between(3, 12)),
                Palette.veil(c.anyTone(), 0.8));
          }
        });
  }

  static void poster(Canvas c) {
    c.wash(c.anyTone(), c.anyTone());
    for (int shape = c.whole(9, 16); shape > 0; shape--) {
      Color colour = Palette.veil(c.anyTone(), c.between(0.75, 1));
      double size = c.between(7, 30);
      c.at(c.someX(), c.someY(), c.between(0, 6.3), () -> shape(c, size, colour));
    }
    for (int i = c.whole(2, 3); i > 0; i--) {
      String title = Words.line(c, 9);
      double letter = Math.min(c.between(7, 14), c.width() * 0.9 / StrokeFont.widthOf(title));
      double x = c.between(2, Math.max(3, c.width() - letter * StrokeFont.widthOf(title)));
      double y = c.between(3, c.height() - letter - 3);
      if (c.chance(0.5)) {
        double broad = letter * StrokeFont.widthOf(title);
        c.fill(Canvas.box(x - 2, y - 2, broad + 2, letter + 4), c.anyTone());
      }
      c.text(title, x, y, letter, c.chance(0.5) ? c.tone(1) : c.tone(0));
    }
  }

  private static void shape(Canvas c, double size, Color colour) {
    switch (c.whole(0, 4)) {
      case 0 -> c.fill(Canvas.disc(0, 0, size, size), colour);
      case 1 -> c.fill(Canvas.box(-size, -size / 3, size * 2, size * 2 / 3), colour);
      case 2 -> c.fill(Canvas.polygon(-size, size * 0.6, 0, -size, size, size * 0.6), colour);
      case 3 -> {
        for (double r = size; r > 2; r -= size / 4) {
          c.outline(Canvas.disc(0, 0, r, r), size / 9, colour);
        }
      }
      default -> {
        for (double at = -size; at < size; at += size / 3) {
          c.fill(Canvas.box(at, -size, size / 6, size * 2), colour);
        }
      }
    }
  }

  static void chart(Canvas c) {
    c.wash(c.tone(0.97), c.tone(0.9));
    c.mottle(10, 36, 0.55);
    c.text(Words.line(c, 16), 6, 5, 4.5, c.tone(0));
    int down = c.height() > c.width() * 1.1 ? 2 : c.whole(1, 2);
    int across = c.whole(1, 2);
    double broad = (c.width() - 6) / across;
    double deep = (c.height() - 16) / down;
    for (int row = 0; row < down; row++) {
      for (int column = 0; column < across; column++) {
        panel(c, 6 + column * broad, 14 + row * deep, broad - 6, deep - 5);
      }
    }
  }

  private static void panel(Canvas c, double x, double y, double broad, double deep) {
    c.fillDown(Canvas.box(x, y, broad, deep), c.someTone(0.45, 1), c.someTone(0.45, 1));
    for (double line = 0; line <= deep; line += deep / 6) {
      c.outline(
          Canvas.polygon(x, y + line, x + broad, y + line), 0.25, Palette.veil(c.tone(0), 0.5));
    }
    switch (c.whole(0, 3)) {
      case 0 -> bars(c, x, y, broad, deep);
      case 1 -> areas(c, x, y, broad, deep);
      case 2 -> pie(c, x + broad / 2, y + deep / 2, Math.min(broad, deep) * 0.44);
      default -> bubbles(c, x, y, broad, deep);
    }
    c.outline(Canvas.box(x, y, broad, deep), 0.4, c.tone(0));
  }

  private static void bars(Canvas c, double x, double y, double broad, double deep) {
    int bars = c.whole(5, 12);
    double cell = broad / bars;
    for (int i = 0; i < bars; i++) {
      double at = y + deep;
      for (int part = 0; part < 3; part++) {
        double tall = deep * c.between(0.04, 0.32);
        at -= tall;
        c.fill(Canvas.box(x + cell * (i + 0.12), at, cell * 0.76, tall), c.anyTone());
      }
    }
  }

  private static void areas(Canvas c, double x, double y, double broad, double deep) {
    for (int series = c.whole(3, 5); series > 0; series--) {
      Path2D line = new Path2D.Double();
      line.moveTo(x, y + deep);
      double level = c.between(0.1, 0.9) * deep;
      for (int i = 0; i <= 16; i++) {
        line.lineTo(x + broad * i / 16, y + level);
        level = Math.clamp(level + c.between(-0.22, 0.22) * deep, deep * 0.05, deep * 0.95);
      }
      line.lineTo(x + broad, y + deep);
      line.closePath();
      c.fill(line, Palette.veil(c.anyTone(), 0.7));
      c.outline(line, 0.5, c.someTone(0, 0.5));
    }
  }

  private static void pie(Canvas c, double x, double y, double r) {
    double start = c.between(0, 360);
    for (double left = 360; left > 0; ) {
      double slice = Math.min(left, c.between(20, 110));
      Shape piece = new Arc2D.Double(x - r, y - r, 2 * r, 2 * r, start, slice, Arc2D.PIE);
      c.fill(piece, c.anyTone());
      c.outline(piece, 0.6, c.tone(1));
      start += slice;
      left -= slice;
    }
  }

  private static void bubbles(Canvas c, double x, double y, double broad, double deep) {
    c.inside(
        Canvas.box(x, y, broad, deep),
        () -> {
          for (int i = c.whole(10, 24); i > 0; i--) {
            double size = c.between(1.5, 9);
            Shape bubble = Canvas.disc(x + c.between(0, broad), y + c.between(0, deep), size, size);
            c.fill(bubble, Palette.veil(c.anyTone(), 0.8));
            c.outline(bubble, 0.3, c.tone(0));
          }
        });
  }
}
