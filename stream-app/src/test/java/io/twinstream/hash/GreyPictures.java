package io.twinstream.hash;

import io.twinstream.picture.GreyPicture;
import java.awt.image.BufferedImage;
import java.util.Random;
import java.util.function.IntBinaryOperator;

/** Makes pictures out of nothing. */
final class GreyPictures {
  private GreyPictures() {}

  /**
   * @param luma of column and row; its lowest eight bits count
   */
  static GreyPicture of(int width, int height, IntBinaryOperator luma) {
    byte[] values = new byte[width * height];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) luma.applyAsInt(i % width, i / width);
    }
    return new GreyPicture(width, height, values);
  }

  static GreyPicture noise(long seed, int width, int height) {
    byte[] values = new byte[width * height];
    new Random(seed).nextBytes(values);
    return new GreyPicture(width, height, values);
  }

  /** Smooth light and shade with some grain, as a photograph has; alike at all sizes. */
  static GreyPicture photoLike(long seed, int width, int height) {
    Random random = new Random(seed);
    double[][] waves = new double[24][];
    for (int i = 0; i < waves.length; i++) {
      double frequency = 1 + 20 * random.nextDouble() * random.nextDouble();
      double direction = 2 * Math.PI * random.nextDouble();
      waves[i] =
          new double[] {
            frequency * Math.cos(direction),
            frequency * Math.sin(direction),
            2 * Math.PI * random.nextDouble(),
            80 / frequency
          };
    }
    return of(
        width,
        height,
        (x, y) -> {
          double value = 128 + 3 * random.nextGaussian();
          for (double[] wave : waves) {
            double angle = 2 * Math.PI * (wave[0] * x / width + wave[1] * y / height) + wave[2];
            value += wave[3] * Math.sin(angle);
          }
          return (int) Math.clamp(value, 0, 255);
        });
  }

  /** The picture as JImageHash reads it. */
  static BufferedImage buffered(GreyPicture picture) {
    BufferedImage image =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < picture.luma().length; i++) {
      image.setRGB(i % picture.width(), i / picture.width(), 0x010101 * (picture.luma()[i] & 0xFF));
    }
    return image;
  }
}
