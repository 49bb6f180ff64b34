package io.twinstream.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;

/** How far decoded luma is from what it should be, in levels. */
final class Difference {
  private Difference() {}

  static double furthest(GreyPicture decoded, BufferedImage image) {
    double[] expected = Painting.lumaOnWhite(image);
    assertThat(decoded.width()).isEqualTo(image.getWidth());
    double furthest = 0;
    for (int i = 0; i < expected.length; i++) {
      furthest = Math.max(furthest, Math.abs((decoded.luma()[i] & 0xFF) - expected[i]));
    }
    return furthest;
  }

  static double mean(GreyPicture decoded, BufferedImage image) {
    double[] expected = Painting.lumaOnWhite(image);
    double sum = 0;
    for (int i = 0; i < expected.length; i++) {
      sum += Math.abs((decoded.luma()[i] & 0xFF) - expected[i]);
    }
    return sum / expected.length;
  }

  static double mean(GreyPicture one, GreyPicture other) {
    assertThat(one.width()).isEqualTo(other.width());
    double sum = 0;
    for (int i = 0; i < one.luma().length; i++) {
      sum += Math.abs((one.luma()[i] & 0xFF) - (other.luma()[i] & 0xFF));
    }
    return sum / one.luma().length;
  }

  static double mean(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += Math.abs(one[i] - other[i]);
    }
    return sum / one.length;
  }
}
