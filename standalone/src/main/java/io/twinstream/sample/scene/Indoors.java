package io.twinstream.sample.scene;

import java.awt.Color;
import java.awt.Shape;

/** What stands or lies in a room. */
final class Indoors {
  private Indoors() {}

  static void stillLife(Canvas c) {
    c.wash(c.someTone(0.2, 0.9), c.someTone(0.2, 0.9));
    for (int fold = c.whole(6, 12); fold > 0; fold--) {
      c.at(
          c.someX(),
          -5,
          c.between(-0.25, 0.25),
          () ->
              c.fill(
                  c.blob(0, c.height() * 0.3, c.between(3, 12), c.height() * 0.5),
                  Palette.veil(c.anyTone(), 0.4)));
    }
    double edge = c.height() * c.between(0.55, 0.72);
    Shape table = Canvas.box(0, edge, c.width(), c.height() - edge);
    Color wood = c.someTone(0.15, 0.75);
    c.fillDown(table, Palette.mix(wood, c.tone(1), 0.3), wood);
    c.inside(table, () -> c.mottle(10, 26, 0.6));
    for (int back = c.whole(3, 6); back > 0; back--) {
      vessel(c, c.someX(), edge + c.between(2, 10));
    }
    for (int front = c.whole(5, 12); front > 0; front--) {
      fruit(c, c.someX(), c.between(edge + 6, c.height()), c.between(4, 10));
    }
  }

  private static void vessel(Canvas c, double x, double foot) {
    double tall = c.between(20, 55);
    double belly = c.between(5, 13);
    double neck = belly * c.between(0.25, 0.9);
    Color glaze = c.anyTone();
    Color bright = Palette.mix(glaze, c.tone(1), 0.45);
    Color dim = Palette.mix(glaze, c.tone(0), 0.55);
    c.glow(x + belly, foot, belly * 2.2, c.tone(0), 0.5);
    c.fillAcross(Canvas.box(x - neck, foot - tall, neck * 2, tall * 0.6), bright, dim);
    c.fillAcross(Canvas.disc(x, foot - tall * 0.3, belly, tall * 0.3), bright, dim);
    c.fillAcross(Canvas.box(x - belly * 0.7, foot - 2, belly * 1.4, 2), bright, dim);
    c.fill(Canvas.disc(x, foot - tall, neck, neck * 0.3), dim);
    c.fill(
        c.blob(x - belly * 0.45, foot - tall * 0.35, belly * 0.12, tall * 0.14),
        Palette.veil(Color.WHITE, 0.55));
    if (c.chance(0.4)) {
      c.fill(
          Canvas.box(x - belly * 0.8, foot - tall * 0.42, belly * 1.6, tall * 0.12), c.anyTone());
    }
  }

  private static void fruit(Canvas c, double x, double y, double size) {
    Color skin = c.someTone(0.2, 0.95);
    c.fill(
        c.blob(x + size * 0.5, y + size * 0.8, size * 1.3, size * 0.3),
        Palette.veil(c.tone(0), 0.45));
    Shape body = c.blob(x, y, size, size * c.between(0.8, 1));
    c.fillDown(body, Palette.mix(skin, c.tone(1), 0.25), Palette.mix(skin, c.tone(0), 0.5));
    c.inside(body, () -> c.glow(x - size * 0.35, y - size * 0.4, size * 0.8, Color.WHITE, 0.6));
    c.outline(
        Canvas.polygon(x, y - size * 0.7, x + c.between(-2, 2), y - size * 1.1), 0.6, c.tone(0));
  }

  static void bookshelf(Canvas c) {
    c.wash(c.tone(0.15), c.tone(0.05));
    int shelves = c.whole(2, 4);
    double room = c.height() / shelves;
    Color board = c.someTone(0.2, 0.6);
    for (int shelf = 0; shelf < shelves; shelf++) {
      double foot = room * (shelf + 1) - 3;
      for (double x = c.between(-2, 2); x < c.width(); ) {
        if (c.chance(0.08)) {
          x += c.between(6, 22);
          continue;
        }
        double thick = c.between(2.5, 9);
        book(c, x, foot, thick, (room - 5) * c.between(0.6, 0.98));
        x += thick + 0.2;
      }
      c.fillDown(Canvas.box(0, foot, c.width(), 3), Palette.mix(board, c.tone(1), 0.3), board);
    }
    for (int shade = c.whole(3, 5); shade > 0; shade--) {
      c.glow(c.someX(), c.someY(), c.between(20, 50), c.tone(0), 0.6);
      c.glow(c.someX(), c.someY(), c.between(15, 40), c.tone(1), 0.4);
    }
  }

  private static void book(Canvas c, double x, double foot, double thick, double tall) {
    Color cloth = c.anyTone();
    Color print = c.someTone(0.5, 1);
    double lean = c.chance(0.12) ? c.between(-0.15, 0) : 0;
    String title = Words.line(c, 12);
    c.at(
        x,
        foot,
        lean,
        () -> {
          c.fillAcross(
              Canvas.box(0, -tall, thick, tall),
              Palette.mix(cloth, c.tone(1), 0.2),
              Palette.mix(cloth, c.tone(0), 0.45));
          c.fill(Canvas.box(0, -tall * 0.9, thick, c.between(0.5, 3)), print);
          c.fill(Canvas.box(0, -tall * 0.12, thick, c.between(0.5, 2)), print);
          double letters = Math.min(thick * 0.4, tall * 0.6 / StrokeFont.widthOf(title));
          c.at(
              thick * 0.5 + letters / 2,
              -tall * 0.78,
              Math.PI / 2,
              () -> c.text(title, 0, 0, letters, print));
        });
  }

  static void patchwork(Canvas c) {
    double side = Math.hypot(c.width(), c.height());
    double patch = c.between(14, 26);
    c.at(
        c.width() / 2,
        c.height() / 2,
        c.between(-0.5, 0.5),
        () -> {
          for (double y = -side / 2; y < side / 2; y += patch) {
            for (double x = -side / 2 - c.between(0, patch); x < side / 2; ) {
              double broad = patch * c.between(0.6, 1.6);
              cloth(c, x, y, broad, patch);
              x += broad;
            }
          }
        });
    for (int fold = c.whole(5, 9); fold > 0; fold--) {
      Color light = c.chance(0.5) ? c.tone(0) : c.tone(1);
      c.at(
          c.someX(),
          c.someY(),
          c.between(0, Math.PI),
          () -> {
            for (int soft = 1; soft <= 4; soft++) {
              c.fill(c.blob(0, 0, 45, soft * 2.2), Palette.veil(light, 0.13));
            }
          });
    }
  }

  private static void cloth(Canvas c, double x, double y, double broad, double tall) {
    Shape edge = Canvas.box(x, y, broad, tall);
    Color ground = c.anyTone();
    c.fill(edge, ground);
    double stripe = c.between(0.8, 3);
    Color thread = Palette.veil(Palette.mix(ground, c.anyTone(), 0.8), 0.6);
    boolean plaid = c.chance(0.5);
    if (plaid || c.chance(0.5)) {
      for (double at = stripe; at < broad - stripe / 2; at += stripe * 2) {
        c.fill(Canvas.box(x + at, y, stripe * 0.8, tall), thread);
      }
      for (double at = stripe; plaid && at < tall - stripe / 2; at += stripe * 2) {
        c.fill(Canvas.box(x, y + at, broad, stripe * 0.8), thread);
      }
    } else {
      for (double dy = stripe; dy < tall; dy += stripe * 2) {
        for (double dx = stripe; dx < broad; dx += stripe * 2) {
          c.fill(Canvas.disc(x + dx, y + dy, stripe * 0.5, stripe * 0.5), thread);
        }
      }
    }
    c.outline(edge, 0.3, Palette.veil(c.tone(0), 0.5));
  }
}
