package io.twinstream.sample.scene;

import java.awt.Color;
import java.awt.Shape;

/** Where there is a sky. */
final class Outdoors {
  private Outdoors() {}

  static void landscape(Canvas c) {
    sky(c, c.between(0.7, 1), c.between(0.55, 0.95));
    int ridges = c.whole(3, 5);
    double base = c.height() * c.between(0.3, 0.45);
    double step = (c.height() * 0.95 - base) / ridges;
    for (int i = 0; i < ridges; i++) {
      double nearness = (double) i / (ridges - 1);
      Shape ridge = c.ridge(base, 26 - 14 * nearness, c.between(0.1, 0.75));
      Color tone = c.someTone(0.5 - 0.4 * nearness, 0.7 - 0.35 * nearness);
      c.fillDown(ridge, Palette.mix(tone, c.tone(1), c.between(0, 0.35)), tone);
      c.inside(ridge, () -> c.mottle(9, 26, 0.4));
      if (nearness > 0.4) {
        trees(c, base + step * 0.6, 3 + 6 * nearness);
      }
      base += step * c.between(0.7, 1.2);
    }
  }

  private static void trees(Canvas c, double y, double height) {
    for (int i = c.whole(4, 14); i > 0; i--) {
      double x = c.someX();
      double foot = y + c.between(-3, 12);
      double tall = height * c.between(0.7, 1.6);
      Color leaf = c.someTone(0.05, 0.4);
      c.fill(Canvas.box(x - tall * 0.04, foot - tall * 0.4, tall * 0.08, tall * 0.4), c.tone(0));
      if (c.chance(0.5)) {
        c.fill(c.blob(x, foot - tall * 0.65, tall * 0.32, tall * 0.4), leaf);
      } else {
        c.fill(
            Canvas.polygon(
                x - tall * 0.25,
                foot - tall * 0.15,
                x,
                foot - tall,
                x + tall * 0.25,
                foot - tall * 0.15),
            leaf);
      }
    }
  }

  /** A sky with clouds and, mostly, the sun. */
  private static void sky(Canvas c, double top, double bottom) {
    c.wash(c.tone(top), c.tone(bottom));
    if (c.chance(0.8)) {
      double x = c.someX();
      double y = c.between(0.05, 0.4) * c.height();
      double size = c.between(4, 10);
      c.glow(x, y, size * 6, c.tone(1), 0.9);
      c.fill(Canvas.disc(x, y, size, size), Palette.mix(c.tone(1), Color.WHITE, 0.5));
    }
    for (int i = c.whole(4, 8); i > 0; i--) {
      cloud(c, c.someX(), c.between(0, 0.5) * c.height(), c.between(8, 26));
    }
  }

  private static void cloud(Canvas c, double x, double y, double size) {
    Color tone = c.someTone(0.45, 1);
    for (int puff = c.whole(4, 9); puff > 0; puff--) {
      double px = x + c.between(-size, size);
      double py = y + c.between(-0.25, 0.15) * size;
      double r = size * c.between(0.2, 0.45);
      c.fill(c.blob(px, py, r * 1.4, r * 0.8), Palette.veil(tone, 0.45));
    }
  }

  static void sea(Canvas c) {
    sky(c, c.between(0.55, 1), c.between(0.6, 1));
    double horizon = c.height() * c.between(0.3, 0.55);
    if (c.chance(0.6)) {
      c.inside(
          Canvas.box(0, 0, c.width(), horizon),
          () -> c.fill(c.ridge(horizon, 9, 0.5), c.someTone(0.3, 0.6)));
    }
    Shape water = Canvas.box(0, horizon, c.width(), c.height() - horizon);
    c.fillDown(water, c.tone(c.between(0.35, 0.6)), c.tone(c.between(0.05, 0.3)));
    c.inside(water, () -> c.mottle(14, 30, 0.5));
    for (double y = horizon; y < c.height() + 6; ) {
      double near = (y - horizon) / (c.height() - horizon);
      c.inside(water, wave(c, y, near));
      y += 1.5 + 7 * near * c.between(0.5, 1.5);
    }
    for (int rock = c.whole(1, 4); rock > 0; rock--) {
      double y = c.between(horizon + 4, c.height());
      double size = 3 + 16 * (y - horizon) / (c.height() - horizon) * c.between(0.4, 1.4);
      double x = c.someX();
      c.fillDown(c.blob(x, y, size * 1.5, size), c.someTone(0.25, 0.5), c.tone(0));
      c.fill(c.blob(x, y + size * 0.8, size * 1.8, size * 0.25), Palette.veil(c.tone(1), 0.5));
    }
    for (int boat = c.whole(1, 4); boat > 0; boat--) {
      double y = c.between(horizon, c.height() * 0.85);
      boat(c, c.someX(), y, 5 + 22 * (y - horizon) / (c.height() - horizon));
    }
  }

  private static Runnable wave(Canvas c, double y, double near) {
    return () -> {
      for (int crest = c.whole(2, 6); crest > 0; crest--) {
        double length = (4 + 26 * near) * c.between(0.5, 1.5);
        double thick = 0.3 + 2.2 * near * c.between(0.4, 1);
        Color foam = Palette.veil(c.someTone(0.1, 1), c.between(0.3, 0.8));
        c.fill(c.blob(c.someX(), y + c.between(-1, 1), length, thick), foam);
      }
    };
  }

  private static void boat(Canvas c, double x, double y, double size) {
    Color sail = c.someTone(0.75, 1);
    double lean = c.between(0.2, 0.5) * size;
    c.fill(Canvas.polygon(x, y - size, x, y - size * 0.15, x + lean, y - size * 0.15), sail);
    c.fill(
        Canvas.polygon(
            x - size * 0.05,
            y - size * 0.85,
            x - size * 0.05,
            y - size * 0.15,
            x - lean * 0.7,
            y - size * 0.15),
        c.someTone(0.5, 1));
    c.fill(
        Canvas.polygon(
            x - size * 0.45,
            y - size * 0.1,
            x + size * 0.5,
            y - size * 0.1,
            x + size * 0.3,
            y + size * 0.1,
            x - size * 0.3,
            y + size * 0.1),
        c.someTone(0, 0.3));
    c.fill(c.blob(x, y + size * 0.2, size * 0.5, size * 0.06), Palette.veil(c.tone(1), 0.5));
  }

  static void forest(Canvas c) {
    c.wash(c.tone(c.between(0.6, 1)), c.tone(c.between(0.3, 0.6)));
    c.mottle(12, 40, 0.7);
    for (int layer = 0; layer < 4; layer++) {
      double near = layer / 3.0;
      c.fill(
          c.ridge(c.height() * (0.65 + 0.1 * layer), 6, 0.5), c.someTone(0.1, 0.65 - 0.5 * near));
      for (int tree = 9 - 2 * layer; tree > 0; tree--) {
        trunk(c, 1.5 + 5 * near * c.between(0.6, 1.5), 0.6 - 0.5 * near);
      }
      for (int bush = c.whole(4, 9); bush > 0; bush--) {
        double y = c.chance(0.6) ? c.between(-5, 25) : c.between(0.7, 1) * c.height();
        leaves(c, c.someX(), y, c.between(5, 12) + 6 * near);
      }
    }
    for (int shaft = c.whole(1, 3); shaft > 0; shaft--) {
      double x = c.someX();
      double lean = c.between(-40, 40);
      double broad = c.between(4, 14);
      c.fill(
          Canvas.polygon(
              x, -1, x + broad, -1, x + broad * 2 + lean, c.height(), x + lean, c.height()),
          Palette.veil(c.tone(1), 0.22));
    }
  }

  private static void trunk(Canvas c, double thick, double lightness) {
    double x = c.someX();
    double lean = c.between(-6, 6);
    double foot = c.height() * c.between(0.72, 1.02);
    Color bark = c.someTone(lightness, lightness + 0.2);
    c.fillAcross(
        Canvas.polygon(
            x + lean, -2, x + lean + thick * 0.6, -2, x + thick * 1.3, foot, x - thick * 0.3, foot),
        Palette.mix(bark, c.tone(1), 0.3),
        Palette.mix(bark, c.tone(0), 0.5));
  }

  private static void leaves(Canvas c, double x, double y, double reach) {
    double lightness = c.between(0.1, 0.7);
    for (int i = 0; i < 28; i++) {
      double size = reach * c.between(0.08, 0.28);
      c.fill(
          c.blob(x + c.between(-reach, reach), y + c.between(-0.7, 0.7) * reach, size, size * 0.8),
          Palette.veil(c.someTone(lightness - 0.15, lightness + 0.2), 0.8));
    }
  }

  static void nightSky(Canvas c) {
    c.wash(Palette.mix(c.tone(0), Color.BLACK, 0.5), Palette.mix(c.tone(0.2), Color.BLACK, 0.1));
    for (int cloud = c.whole(12, 20); cloud > 0; cloud--) {
      c.glow(c.someX(), c.someY(), c.between(12, 48), c.someTone(0.2, 0.9), c.between(0.2, 0.65));
    }
    for (int dark = c.whole(5, 10); dark > 0; dark--) {
      c.glow(c.someX(), c.someY(), c.between(8, 30), Color.BLACK, c.between(0.3, 0.8));
    }
    for (int star = c.whole(250, 500); star > 0; star--) {
      double size = 0.12 + 0.5 * Math.pow(c.between(0, 1), 4);
      c.fill(
          Canvas.disc(c.someX(), c.someY(), size, size),
          Palette.veil(c.tone(1), c.between(0.4, 1)));
    }
    for (int star = c.whole(3, 9); star > 0; star--) {
      double x = c.someX();
      double y = c.someY() * 0.8;
      c.glow(x, y, c.between(1.5, 5), Color.WHITE, 0.9);
      c.fill(Canvas.disc(x, y, 0.7, 0.7), Color.WHITE);
    }
    if (c.chance(0.7)) {
      moon(c, c.someX(), c.between(0.1, 0.6) * c.height(), c.between(6, 16));
    }
    c.fill(
        c.ridge(c.height() * c.between(0.78, 0.92), 12, c.between(0.2, 0.8)),
        Palette.mix(c.tone(0), Color.BLACK, 0.7));
  }

  private static void moon(Canvas c, double x, double y, double size) {
    c.glow(x, y, size * 4, c.tone(1), 0.5);
    Shape disc = Canvas.disc(x, y, size, size);
    c.fill(disc, c.tone(0.95));
    c.inside(
        disc,
        () -> {
          for (int crater = 0; crater < 9; crater++) {
            double r = size * c.between(0.1, 0.35);
            c.fill(
                c.blob(x + c.between(-size, size), y + c.between(-size, size), r, r),
                Palette.veil(c.tone(0.5), 0.4));
          }
        });
  }
}
