package io.twinstream.sample.scene;

import java.awt.Color;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Colours that go together.
 *
 * @param tones from dark to light
 */
record Palette(List<Color> tones) {
  private static final List<Palette> ALL =
      List.of(
          of(0x2b2d42, 0x5c4b6b, 0x9a5f73, 0xd98b73, 0xf2b880, 0xfbe6c5),
          of(0x1d3a4a, 0x2f6b6f, 0x5f9e7e, 0xa3c58b, 0x9fd0e6, 0xeef6f2),
          of(0x1b1b3a, 0x43305c, 0x7d3c6b, 0xc2545c, 0xee8b4f, 0xfbd27a),
          of(0x2a333b, 0x4a5a63, 0x75858a, 0x9fa9a6, 0xc5c9c1, 0xecebe2),
          of(0x2d1f1a, 0x5e3326, 0x984b2a, 0xcd7a33, 0xe5b25a, 0xf6e7c1),
          of(0x1f2f1e, 0x3d5a2c, 0x6b8b3a, 0xa6b957, 0xd9d58b, 0xf4f3dc),
          of(0x1e2a3c, 0x3f5a78, 0x7593ae, 0xa9c2d3, 0xd5e1e8, 0xf8fafb),
          of(0x3a1f1b, 0x7a3b2a, 0xb8643c, 0xdd9a5b, 0xefc88d, 0xfbeed5),
          of(0x3b2144, 0x7d3c7c, 0xc9578f, 0xf08a8c, 0xf9c08f, 0xfdf0d0),
          of(0x0f2a33, 0x1f5560, 0x2f8f8b, 0x7fc4a5, 0xd5e2a5, 0xfff6d6),
          of(0x1c1c24, 0x23408e, 0xc8372d, 0xe9a820, 0xd9cfb8, 0xf5efe0),
          of(0x2a2438, 0x5b3a5a, 0x4a8a86, 0xd9744f, 0xe9b44c, 0xf3e6c9),
          of(0x20302f, 0x3f6f62, 0x79a98c, 0xb8cfa0, 0xefd9b4, 0xfbf4e6),
          of(0x250f24, 0x5a1f45, 0x9a2f55, 0xd65c62, 0xf2a58c, 0xfbe3d3),
          of(0x0a1f35, 0x134a6b, 0x1f7fa0, 0x5bb4c3, 0xb4dcd2, 0xf7f3e0),
          of(0x2b1a10, 0x6b3510, 0xa85a18, 0xd98f2b, 0xeec56d, 0xfaefcf),
          of(0x241f3d, 0x4c4478, 0x8074b0, 0xb3a3d1, 0xdcc9df, 0xf8effa));

  Palette {
    tones = List.copyOf(tones);
  }

  private static Palette of(int... colours) {
    return new Palette(IntStream.of(colours).mapToObj(Color::new).toList());
  }

  /** One of the house palettes, its hues a little off. */
  static Palette any(RandomGenerator random) {
    Palette palette = ALL.get(random.nextInt(ALL.size()));
    float turn = (float) random.nextDouble(-0.04, 0.04);
    return new Palette(palette.tones.stream().map(tone -> turned(tone, turn)).toList());
  }

  private static Color turned(Color colour, float turn) {
    float[] hsb = Color.RGBtoHSB(colour.getRed(), colour.getGreen(), colour.getBlue(), null);
    return Color.getHSBColor(hsb[0] + turn, hsb[1], hsb[2]);
  }

  /** The tone at a lightness from 0 to 1; beyond that, the darkest or lightest. */
  Color tone(double lightness) {
    double at = Math.clamp(lightness, 0, 1) * (tones.size() - 1);
    int below = Math.min((int) at, tones.size() - 2);
    return mix(tones.get(below), tones.get(below + 1), at - below);
  }

  /** A colour between two: 0 is the first, 1 the second. */
  static Color mix(Color one, Color other, double share) {
    return new Color(
        mix(one.getRed(), other.getRed(), share),
        mix(one.getGreen(), other.getGreen(), share),
        mix(one.getBlue(), other.getBlue(), share));
  }

  private static int mix(int one, int other, double share) {
    return (int) Math.round(one + (other - one) * share);
  }

  /** The colour, let through by so much: 0 is invisible. */
  static Color veil(Color colour, double opacity) {
    int alpha = (int) Math.round(255 * Math.clamp(opacity, 0, 1));
    return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha);
  }
}
