package io.twinstream.hash;

import io.twinstream.picture.GreyPicture;
import java.util.Arrays;

/** Shrinks (or enlarges) a picture by weights for its columns and its rows. */
final class SeparableFilter {
  /** What is taken from luma, so that it fits into signed bytes. */
  private static final int MIDDLE = 128;

  private SeparableFilter() {}

  /**
   * The picture made to {@code columns.values() × rows.values()}.
   *
   * @return luma, 0 to 255 but for rounding, row by row
   */
  static float[] apply(GreyPicture picture, Axis columns, Axis rows) {
    return apply(picture, columns, rows, 0, rows.values());
  }

  /** Only {@code count} of its rows. */
  static float[] apply(GreyPicture picture, Axis columns, Axis rows, int firstRow, int count) {
    int width = picture.width();
    float[] values = new float[columns.values() * count];
    byte[] row = new byte[width];
    float[] sums = new float[width];
    for (int i = 0; i < count; i++) {
      int from = firstRow + i;
      Arrays.fill(sums, 0);
      for (int tap = 0; tap < rows.taps(from); tap++) {
        System.arraycopy(picture.luma(), (rows.first(from) + tap) * width, row, 0, width);
        add(row, rows.weight(from, tap), sums);
      }
      // Weights add up to 1, so that the middle comes back as it was taken.
      columns.apply(sums, MIDDLE, values, i * columns.values());
    }
    return values;
  }

  /**
   * By far the most time goes by here. Of bytes without a sign the compiler makes no vector
   * instructions, and then it takes eight times as long; hence signed ones, and two plain loops.
   */
  private static void add(byte[] row, float weight, float[] sums) {
    for (int x = 0; x < row.length; x++) {
      row[x] = (byte) (row[x] - MIDDLE);
    }
    for (int x = 0; x < row.length; x++) {
      sums[x] += weight * row[x];
    }
  }
}
