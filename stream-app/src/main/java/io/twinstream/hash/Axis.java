package io.twinstream.hash;

/**
 * How the pixels along one side of a picture add up to another number of values: for each value the
 * run of pixels that it is made of, and their weights, which add up to 1. Immutable.
 */
final class Axis {
  private final int pixels;
  private final int[] first;
  private final int[] offsets;
  private final float[] weights;

  private Axis(int pixels, int[] first, float[][] weights) {
    this.pixels = pixels;
    this.first = first;
    this.offsets = new int[first.length + 1];
    for (int i = 0; i < first.length; i++) {
      offsets[i + 1] = offsets[i] + weights[i].length;
    }
    this.weights = new float[offsets[first.length]];
    for (int i = 0; i < first.length; i++) {
      System.arraycopy(weights[i], 0, this.weights, offsets[i], weights[i].length);
    }
  }

  /**
   * Each value is the mean of the stretch that it covers; pixels at its ends count by their covered
   * part. Where there are more values than pixels, each covers a part of one pixel or of two.
   */
  static Axis area(int pixels, int values) {
    int[] first = new int[values];
    float[][] weights = new float[values][];
    // In units of which a pixel has as many as there are values, and a value as many as pixels.
    for (int i = 0; i < values; i++) {
      long from = (long) i * pixels;
      long to = from + pixels;
      first[i] = (int) (from / values);
      int end = (int) ((to + values - 1) / values);
      weights[i] = new float[end - first[i]];
      for (int pixel = first[i]; pixel < end; pixel++) {
        long left = Math.max(from, (long) pixel * values);
        long right = Math.min(to, (pixel + 1L) * values);
        weights[i][pixel - first[i]] = (float) (right - left) / pixels;
      }
    }
    return new Axis(pixels, first, weights);
  }

  /** Each value is what a box gives that has gone twice over the pixels, at the value's centre. */
  static Axis tent(int pixels, int values) {
    Box box = Box.forShrinking(pixels, values);
    int[] first = new int[values];
    float[][] weights = new float[values][];
    for (int i = 0; i < values; i++) {
      int centre = Box.centre(i, pixels, values);
      int outerFrom = box.from(centre);
      int outerTo = box.to(centre);
      first[i] = box.from(outerFrom);
      double[] sums = new double[box.to(outerTo - 1) - first[i]];
      for (int outer = outerFrom; outer < outerTo; outer++) {
        int from = box.from(outer);
        int to = box.to(outer);
        double share = 1.0 / ((outerTo - outerFrom) * (to - from));
        for (int pixel = from; pixel < to; pixel++) {
          sums[pixel - first[i]] += share;
        }
      }
      weights[i] = new float[sums.length];
      for (int k = 0; k < sums.length; k++) {
        weights[i][k] = (float) sums[k];
      }
    }
    return new Axis(pixels, first, weights);
  }

  /**
   * The same for pixels in reverse: values come as if the pixels were turned round first, and
   * turned back afterwards.
   */
  Axis reversed() {
    int values = first.length;
    int[] reversedFirst = new int[values];
    float[][] reversedWeights = new float[values][];
    for (int i = 0; i < values; i++) {
      int taps = taps(i);
      int mirror = values - 1 - i;
      reversedFirst[mirror] = pixels - first[i] - taps;
      reversedWeights[mirror] = new float[taps];
      for (int k = 0; k < taps; k++) {
        reversedWeights[mirror][taps - 1 - k] = weights[offsets[i] + k];
      }
    }
    return new Axis(pixels, reversedFirst, reversedWeights);
  }

  int values() {
    return first.length;
  }

  /** The first pixel of a value. */
  int first(int value) {
    return first[value];
  }

  /** How many pixels a value is made of. */
  int taps(int value) {
    return offsets[value + 1] - offsets[value];
  }

  /** The weight of one of a value's pixels, counted from {@link #first}. */
  float weight(int value, int tap) {
    return weights[offsets[value] + tap];
  }

  /**
   * All values of one row of pixels.
   *
   * @param lift what is added to each
   * @param values where they go, from {@code at} on
   */
  void apply(float[] row, float lift, float[] values, int at) {
    for (int i = 0; i < first.length; i++) {
      int pixel = first[i];
      float sum = 0;
      for (int k = offsets[i]; k < offsets[i + 1]; k++, pixel++) {
        sum += weights[k] * row[pixel];
      }
      values[at + i] = sum + lift;
    }
  }
}
