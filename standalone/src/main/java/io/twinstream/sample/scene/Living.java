package io.twinstream.sample.scene;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Arc2D;

/** What grows, swims or looks back. */
final class Living {
  private static final int[] SKINS = {0xf3d3b8, 0xe2b48d, 0xc68a5d, 0x8f5b3a, 0x5e3a26};
  private static final Color LIPS = new Color(0xa8383b);

  private Living() {}

  static void flowers(Canvas c) {
    c.wash(c.tone(c.between(0.3, 0.8)), c.tone(c.between(0.05, 0.3)));
    c.mottle(16, 34, 0.8);
    for (int leaf = c.whole(30, 60); leaf > 0; leaf--) {
      leaf(c);
    }
    for (int flower = c.whole(9, 22); flower > 0; flower--) {
      flower(c, c.someX(), c.someY(), c.between(4, 17));
    }
  }

  private static void leaf(Canvas c) {
    double length = c.between(8, 24);
    double breadth = length * c.between(0.12, 0.25);
    Color tone = c.someTone(0.1, 0.6);
    c.at(
        c.someX(),
        c.someY(),
        c.between(0, 6.3),
        () -> {
          c.fillDown(
              Canvas.disc(length / 2, 0, length / 2, breadth),
              Palette.mix(tone, c.tone(1), 0.25),
              tone);
          c.outline(Canvas.polygon(0, 0, length * 0.9, 0), 0.25, Palette.veil(c.tone(1), 0.4));
        });
  }

  private static void flower(Canvas c, double x, double y, double size) {
    int petals = c.whole(5, 12);
    Color petal = c.someTone(0.4, 1);
    Color edge = Palette.mix(petal, c.anyTone(), 0.45);
    double slim = c.between(0.2, 0.4);
    c.glow(x, y + size * 0.25, size * 1.5, c.tone(0), 0.6);
    for (int ring = 0; ring < 2; ring++) {
      double reach = size * (ring == 0 ? 1 : 0.65);
      double turn = c.between(0, 6.3);
      for (int i = 0; i < petals; i++) {
        c.at(
            x,
            y,
            turn + 2 * Math.PI * i / petals,
            () -> {
              Shape shape = c.blob(reach * 0.55, 0, reach * 0.48, reach * slim);
              c.fillAcross(shape, edge, petal);
              c.outline(shape, 0.2, Palette.veil(c.tone(0), 0.25));
            });
      }
    }
    c.fill(c.blob(x, y, size * 0.22, size * 0.22), c.someTone(0.1, 0.9));
    for (int dot = 0; dot < 16; dot++) {
      double r = size * 0.025;
      c.fill(
          Canvas.disc(x + c.between(-0.16, 0.16) * size, y + c.between(-0.16, 0.16) * size, r, r),
          c.anyTone());
    }
  }

  static void portrait(Canvas c) {
    c.wash(c.anyTone(), c.anyTone());
    for (int patch = c.whole(6, 11); patch > 0; patch--) {
      c.fill(
          c.blob(c.someX(), c.someY(), c.between(8, 34), c.between(8, 34)),
          Palette.veil(c.anyTone(), c.between(0.4, 0.9)));
    }
    double size = c.between(18, 29);
    double x = c.width() * c.between(0.25, 0.75);
    double y = c.height() * c.between(0.32, 0.6);
    Color skin = new Color(SKINS[c.whole(0, SKINS.length - 1)]);
    Color shade = Palette.mix(skin, c.tone(0), 0.35);
    Color hair = c.someTone(0, 0.75);
    Color cloth = c.anyTone();

    double volume = c.between(1.1, 1.6);
    c.fill(c.blob(x, y - size * 0.1, size * volume, size * volume * c.between(1, 1.4)), hair);
    Shape shoulders =
        c.blob(x + c.between(-8, 8), y + size * 2.7, size * c.between(1.6, 2.3), size * 1.3);
    c.fillDown(shoulders, cloth, Palette.mix(cloth, c.tone(0), 0.5));
    c.inside(shoulders, () -> c.mottle(7, 16, 0.6));
    c.fillDown(Canvas.box(x - size * 0.36, y + size * 0.7, size * 0.72, size), shade, skin);
    c.at(
        x,
        y,
        c.between(-0.25, 0.25),
        () -> {
          Shape face = Canvas.disc(0, 0, size * c.between(0.8, 0.95), size * 1.12);
          c.fillAcross(face, c.chance(0.5) ? skin : shade, skin);
          c.inside(face, () -> face(c, size, shade, hair));
        });
  }

  private static void face(Canvas c, double size, Color shade, Color hair) {
    c.glow(size * c.between(-0.8, 0.8), size * c.between(-0.6, 0.8), size * 1.1, shade, 0.9);
    c.glow(size * c.between(-0.8, 0.8), size * c.between(-0.6, 0.8), size * 0.8, c.tone(1), 0.5);
    c.fill(c.blob(size * c.between(-0.5, 0.5), -size * 1.05, size, size * 0.45), hair);
    double gaze = c.between(-0.06, 0.06) * size;
    for (int side = -1; side <= 1; side += 2) {
      double eye = side * size * 0.36;
      c.fill(Canvas.disc(eye, -size * 0.1, size * 0.17, size * 0.1), Color.WHITE);
      c.fill(Canvas.disc(eye + gaze, -size * 0.1, size * 0.085, size * 0.085), c.tone(0));
      c.fill(Canvas.box(eye - size * 0.18, -size * 0.38, size * 0.36, size * 0.06), hair);
      c.glow(side * size * 0.5, size * 0.3, size * 0.3, LIPS, 0.25);
    }
    c.fill(
        Canvas.polygon(0, -size * 0.05, size * 0.16, size * 0.36, -size * 0.12, size * 0.36),
        shade);
    double broad = c.between(0.3, 0.6) * size;
    double deep = c.between(0.15, 0.4) * size;
    Shape smile =
        new Arc2D.Double(-broad / 2, size * 0.62 - deep / 2, broad, deep, 180, 180, Arc2D.CHORD);
    c.fill(smile, c.chance(0.4) ? Color.WHITE : LIPS);
    c.outline(smile, size * 0.05, Palette.mix(LIPS, shade, 0.4));
  }

  static void aquarium(Canvas c) {
    c.wash(c.tone(c.between(0.55, 0.85)), c.tone(c.between(0, 0.25)));
    c.mottle(14, 36, 0.6);
    c.fillDown(c.ridge(c.height() * 0.88, 5, 0.3), c.tone(0.85), c.tone(0.5));
    for (int stone = c.whole(3, 7); stone > 0; stone--) {
      c.fillDown(
          c.blob(c.someX(), c.height() * 0.95, c.between(6, 18), c.between(5, 22)),
          c.someTone(0.2, 0.6),
          c.tone(0.05));
    }
    for (int weed = c.whole(5, 12); weed > 0; weed--) {
      weed(c, c.someX(), c.between(20, 75));
    }
    for (int fish = c.whole(6, 14); fish > 0; fish--) {
      fish(c, c.between(4, 15));
    }
    for (int bubble = c.whole(20, 50); bubble > 0; bubble--) {
      double size = c.between(0.4, 2.2);
      Shape disc = Canvas.disc(c.someX(), c.someY(), size, size);
      c.fill(disc, Palette.veil(c.tone(1), 0.25));
      c.outline(disc, 0.2, Palette.veil(Color.WHITE, 0.7));
    }
  }

  private static void weed(Canvas c, double x, double height) {
    Color tone = c.someTone(0.05, 0.6);
    double sway = c.between(-0.3, 0.3);
    for (double up = 0; up < height; up += 2.5) {
      double side = x + Math.sin(up / 9 + sway * 10) * 3 + up * sway;
      double taper = 1 - up / height * 0.7;
      c.fill(
          c.blob(side, c.height() - up, 3.4 * taper, 2.2),
          Palette.mix(tone, c.tone(1), up / height * 0.4));
    }
  }

  private static void fish(Canvas c, double size) {
    double facing = c.chance(0.5) ? 1 : -1;
    Color body = c.someTone(0.45, 1);
    Color stripe = c.anyTone();
    double tall = size * c.between(0.4, 0.75);
    c.at(
        c.someX(),
        c.someY() * 0.9,
        c.between(-0.35, 0.35),
        () -> {
          c.fill(
              Canvas.polygon(
                  -facing * size * 0.7,
                  0,
                  -facing * size * 1.5,
                  -tall * 0.8,
                  -facing * size * 1.25,
                  0,
                  -facing * size * 1.5,
                  tall * 0.8),
              stripe);
          c.fill(
              Canvas.polygon(-size * 0.4, -tall * 0.7, 0, -tall * 1.5, size * 0.4, -tall * 0.7),
              stripe);
          Shape shape = Canvas.disc(0, 0, size, tall);
          c.fillDown(shape, body, Palette.mix(body, c.tone(0), 0.45));
          c.inside(
              shape,
              () -> {
                for (int i = c.whole(0, 4); i > 0; i--) {
                  c.fill(
                      Canvas.box(c.between(-0.8, 0.4) * size, -tall, size * 0.14, tall * 2),
                      stripe);
                }
              });
          c.fill(
              Canvas.disc(facing * size * 0.62, -tall * 0.2, size * 0.14, size * 0.14),
              Color.WHITE);
          c.fill(
              Canvas.disc(facing * size * 0.65, -tall * 0.2, size * 0.07, size * 0.07), c.tone(0));
        });
  }
}
