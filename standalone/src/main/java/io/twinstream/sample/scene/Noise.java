package io.twinstream.sample.scene;

import java.util.random.RandomGenerator;

/** Value noise: random values at the corners of a lattice, blended smoothly between them. */
final class Noise {
  private final int cells;
  private final float[] corners;

  /**
   * A new lattice.
   *
   * @param cells a side; the frame is covered by {@code cells} × {@code cells}
   */
  Noise(int cells, RandomGenerator random) {
    this.cells = cells;
    this.corners = new float[(cells + 1) * (cells + 1)];
    for (int i = 0; i < corners.length; i++) {
      corners[i] = (float) random.nextDouble(-1, 1);
    }
  }

  /** Adds it, from -{@code amplitude} to {@code amplitude}, to a field of that many pixels. */
  void addTo(float[] field, int width, int height, double amplitude) {
    float[] row = new float[cells + 1];
    for (int y = 0; y < height; y++) {
      double at = (double) y * cells / height;
      int above = (int) at;
      double share = smooth(at - above);
      for (int i = 0; i <= cells; i++) {
        float upper = corners[above * (cells + 1) + i];
        float lower = corners[(above + 1) * (cells + 1) + i];
        row[i] = (float) (amplitude * (upper + (lower - upper) * share));
      }
      addRow(field, y * width, width, row);
    }
  }

  private void addRow(float[] field, int from, int width, float[] row) {
    for (int x = 0; x < width; x++) {
      double at = (double) x * cells / width;
      int left = (int) at;
      field[from + x] += (float) (row[left] + (row[left + 1] - row[left]) * smooth(at - left));
    }
  }

  private static double smooth(double share) {
    return share * share * (3 - 2 * share);
  }
}
