package io.twinstream.sample.scene;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Arc2D;

/** Nothing in particular. */
final class Abstract {
  private Abstract() {}

  static void tiles(Canvas c) {
    split(c, 0, 0, c.width(), c.height());
  }

  /** Halves a tile until it is small, or earlier. */
  private static void split(Canvas c, double x, double y, double broad, double tall) {
    double side = Math.max(broad, tall);
    if (side < 14 || (side < 40 && c.chance(0.25))) {
      tile(c, x, y, broad, tall);
    } else if (broad > tall) {
      double cut = broad * c.between(0.3, 0.7);
      split(c, x, y, cut, tall);
      split(c, x + cut, y, broad - cut, tall);
    } else {
      double cut = tall * c.between(0.3, 0.7);
      split(c, x, y, broad, cut);
      split(c, x, y + cut, broad, tall - cut);
    }
  }

  private static void tile(Canvas c, double x, double y, double broad, double tall) {
    Shape tile = Canvas.box(x, y, broad, tall);
    Color ground = c.anyTone();
    Color figure = c.anyTone();
    c.fillDown(tile, ground, Palette.mix(ground, c.anyTone(), 0.35));
    c.inside(
        tile,
        () -> {
          double r = Math.min(broad, tall);
          switch (c.whole(0, 4)) {
            case 0 -> {
              double cx = x + c.whole(0, 1) * broad;
              double cy = y + c.whole(0, 1) * tall;
              c.fill(Canvas.disc(cx, cy, r * 0.9, r * 0.9), figure);
              c.fill(Canvas.disc(cx, cy, r * 0.45, r * 0.45), c.anyTone());
            }
            case 1 -> c.fill(Canvas.polygon(x, y, x + broad, y + tall, x, y + tall), figure);
            case 2 -> {
              double start = 90.0 * c.whole(0, 3);
              c.fill(new Arc2D.Double(x, y, broad, tall, start, 180, Arc2D.CHORD), figure);
            }
            case 3 -> {
              for (double at = 0; at < tall; at += 2.4) {
                c.fill(Canvas.box(x, y + at, broad * c.between(0.5, 1), 1.2), figure);
              }
            }
            default -> {}
          }
        });
    c.outline(tile, 0.7, c.tone(0));
  }

  static void balloons(Canvas c) {
    c.wash(c.anyTone(), c.anyTone());
    c.mottle(14, 40, 0.7);
    for (int i = c.whole(16, 32); i > 0; i--) {
      double size = c.between(3, 18);
      double x = c.someX();
      double y = c.someY();
      Color skin = c.anyTone();
      Shape balloon = Canvas.disc(x, y, size, size * c.between(1, 1.2));
      c.outline(Canvas.polygon(x, y + size, x + c.between(-4, 4), y + size * 3), 0.25, c.tone(0.1));
      c.fillDown(
          balloon,
          Palette.veil(Palette.mix(skin, c.tone(1), 0.3), 0.92),
          Palette.veil(Palette.mix(skin, c.tone(0), 0.4), 0.92));
      c.inside(
          balloon, () -> c.glow(x - size * 0.35, y - size * 0.4, size * 0.8, Color.WHITE, 0.6));
    }
  }

  static void marble(Canvas c) {
    float[] stone = c.field(c.whole(3, 5), 4);
    float[] veins = c.field(c.whole(4, 6), 4);
    double bands = c.between(0.8, 2);
    Color vein = c.chance(0.5) ? c.tone(1) : c.tone(0);
    Color[] ramp = new Color[512];
    for (int i = 0; i < ramp.length; i++) {
      // Up and down the palette: neighbouring heights have neighbouring colours.
      double up = bands * i / ramp.length % 1;
      ramp[i] = c.tone(up < 0.5 ? 2 * up : 2 - 2 * up);
    }
    c.eachPixel(at -> {
      Color ground = ramp[Math.clamp(Math.round((stone[at] * 0.7f + 0.5f) * 511), 0, 511)];
      double line = Math.abs(veins[at]);
      return line < 0.04 ? Palette.mix(vein, ground, line / 0.04) : ground;
    });
  }
}
