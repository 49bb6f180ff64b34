package io.twinstream.hash;

import io.twinstream.picture.GreyPicture;
import java.math.BigInteger;
import java.util.Arrays;

/** PDQ in the structure in which it was published, in single precision, with nothing folded. */
final class PublishedPdq {
  private static final int SIDE = 64;
  private static final int LOW = 16;

  private final float[][] square = new float[SIDE][SIDE];
  private final float[][] low = new float[LOW][LOW];

  PublishedPdq(GreyPicture picture) {
    int width = picture.width();
    int height = picture.height();
    float[] one = new float[width * height];
    for (int i = 0; i < one.length; i++) {
      one[i] = picture.luma()[i] & 0xFF;
    }
    float[] other = new float[width * height];
    for (int pass = 0; pass < 2; pass++) {
      for (int y = 0; y < height; y++) {
        box(one, other, y * width, 1, width, windowOf(width));
      }
      for (int x = 0; x < width; x++) {
        box(other, one, x, width, height, windowOf(height));
      }
    }
    for (int i = 0; i < SIDE; i++) {
      for (int j = 0; j < SIDE; j++) {
        int y = (int) ((i + 0.5) * height / SIDE);
        int x = (int) ((j + 0.5) * width / SIDE);
        square[i][j] = one[y * width + x];
      }
    }
    transform();
  }

  private static int windowOf(int side) {
    return (side + 2 * SIDE - 1) / (2 * SIDE);
  }

  /** The mean of a window that slides along a line of values, which lie {@code step} apart. */
  private static void box(float[] from, float[] to, int start, int step, int length, int window) {
    int half = (window + 2) / 2;
    float sum = 0;
    int count = 0;
    int right = start;
    int left = start;
    int out = start;
    for (int i = 0; i < half - 1; i++, right += step) {
      sum += from[right];
      count++;
    }
    for (int i = 0; i < window - half + 1; i++, right += step, out += step) {
      sum += from[right];
      count++;
      to[out] = sum / count;
    }
    for (int i = 0; i < length - window; i++, right += step, left += step, out += step) {
      sum += from[right];
      sum -= from[left];
      to[out] = sum / count;
    }
    for (int i = 0; i < half - 1; i++, left += step, out += step) {
      sum -= from[left];
      count--;
      to[out] = sum / count;
    }
  }

  private void transform() {
    float scale = (float) Math.sqrt(2.0 / SIDE);
    float[][] cosines = new float[LOW][SIDE];
    for (int i = 0; i < LOW; i++) {
      for (int j = 0; j < SIDE; j++) {
        cosines[i][j] = (float) (scale * Math.cos((Math.PI / 2.0 / SIDE) * (i + 1) * (2 * j + 1)));
      }
    }
    float[][] half = new float[LOW][SIDE];
    for (int i = 0; i < LOW; i++) {
      for (int j = 0; j < SIDE; j++) {
        for (int k = 0; k < SIDE; k++) {
          half[i][j] += cosines[i][k] * square[k][j];
        }
      }
    }
    for (int i = 0; i < LOW; i++) {
      for (int j = 0; j < LOW; j++) {
        for (int k = 0; k < SIDE; k++) {
          low[i][j] += half[i][k] * cosines[j][k];
        }
      }
    }
  }

  /** What is left of the picture, row by row. */
  float[] square() {
    float[] all = new float[SIDE * SIDE];
    for (int i = 0; i < SIDE; i++) {
      System.arraycopy(square[i], 0, all, i * SIDE, SIDE);
    }
    return all;
  }

  String hex() {
    return hex(low);
  }

  /** As published: columns of frequencies become rows, and every other row changes its sign. */
  String hexOfQuarterTurn() {
    float[][] turned = new float[LOW][LOW];
    for (int i = 0; i < LOW; i++) {
      for (int j = 0; j < LOW; j++) {
        turned[j][i] = i % 2 == 1 ? low[i][j] : -low[i][j];
      }
    }
    return hex(turned);
  }

  private static String hex(float[][] frequencies) {
    float[] sorted = new float[LOW * LOW];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = frequencies[i / LOW][i % LOW];
    }
    Arrays.sort(sorted);
    float median = sorted[sorted.length / 2 - 1];
    BigInteger bits = BigInteger.ZERO;
    for (int i = 0; i < sorted.length; i++) {
      if (frequencies[i / LOW][i % LOW] > median) {
        bits = bits.setBit(i);
      }
    }
    return "%064x".formatted(bits);
  }

  int quality() {
    int sum = 0;
    for (int i = 0; i < SIDE; i++) {
      for (int j = 0; j < SIDE; j++) {
        sum += i + 1 < SIDE ? percent(square[i][j], square[i + 1][j]) : 0;
        sum += j + 1 < SIDE ? percent(square[i][j], square[i][j + 1]) : 0;
      }
    }
    return Math.min(100, sum / 90);
  }

  private static int percent(float one, float other) {
    return Math.abs((int) ((one - other) * 100 / 255));
  }
}
