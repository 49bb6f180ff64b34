package io.twinstream.sample.scene;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.random.RandomGenerator;

/**
 * Uneven light and film grain over a finished picture. The light is what a perceptual hash holds on
 * to where a motif alone would be flat or regular: it has something at every frequency that such a
 * hash looks at, different in each picture. The grain makes files as large as those of photographs.
 */
final class Finish {
  private static final double LIGHT = 0.065;
  private static final int GRAIN = 9;

  private Finish() {}

  static void apply(BufferedImage image, RandomGenerator random) {
    int width = image.getWidth();
    int height = image.getHeight();
    float[] light = new float[width * height];
    for (int cells : new int[] {4, 7, 11, 17}) {
      new Noise(cells, random).addTo(light, width, height, LIGHT);
    }
    int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    long grain = random.nextLong() | 1;
    for (int i = 0; i < pixels.length; i++) {
      grain ^= grain << 13;
      grain ^= grain >>> 7;
      grain ^= grain << 17;
      // The sum of two dice is closer to the bell of real grain than one.
      int speck = (int) ((grain >>> 8 & 0xFF) + (grain >>> 24 & 0xFF) - 255) * GRAIN / 255;
      pixels[i] = lit(pixels[i], 1 + light[i], speck);
    }
  }

  private static int lit(int rgb, float light, int speck) {
    int red = lit(rgb >> 16 & 0xFF, light) + speck;
    int green = lit(rgb >> 8 & 0xFF, light) + speck;
    int blue = lit(rgb & 0xFF, light) + speck;
    return Math.clamp(red, 0, 255) << 16
        | Math.clamp(green, 0, 255) << 8
        | Math.clamp(blue, 0, 255);
  }

  /** Light lightens dark pixels too, a little, as mist does; shade only darkens. */
  private static int lit(int level, float light) {
    return (int) (light < 1 ? level * light : level + (level * 0.6f + 90) * (light - 1));
  }
}
