package io.twinstream.hash;

/**
 * The means of windows that slide down all columns of a picture at once, with no more rows in
 * memory than a window has.
 */
final class SlidingRows {
  private final Box box;
  private final Rows means;
  private final float[][] window;
  private final float[] sums;
  private final float[] mean;
  private int in;
  private int out;
  private int next;

  /** Takes rows from the top down. */
  @FunctionalInterface
  interface Rows {
    /**
     * @param row to be read at once; it is written to again
     */
    void take(int y, float[] row);
  }

  SlidingRows(Box box, int width, Rows means) {
    this.box = box;
    this.means = means;
    this.window = new float[box.window() + 1][width];
    this.sums = new float[width];
    this.mean = new float[width];
  }

  /** Adds the next row, and gives the mean that it completes. */
  void add(float[] row) {
    System.arraycopy(row, 0, window[in % window.length], 0, row.length);
    for (int x = 0; x < sums.length; x++) {
      sums[x] += row[x];
    }
    in++;
    if (in == box.to(next)) {
      give();
    }
  }

  /** Gives the means at the lower edge, after the last row. */
  void finish() {
    while (next < box.pixels()) {
      give();
    }
  }

  private void give() {
    for (; out < box.from(next); out++) {
      float[] row = window[out % window.length];
      for (int x = 0; x < sums.length; x++) {
        sums[x] -= row[x];
      }
    }
    for (int x = 0; x < sums.length; x++) {
      mean[x] = sums[x] / (in - out);
    }
    means.take(next, mean);
    next++;
  }
}
