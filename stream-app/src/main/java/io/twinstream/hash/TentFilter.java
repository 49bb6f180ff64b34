package io.twinstream.hash;

import io.twinstream.picture.GreyPicture;
import io.twinstream.picture.Orientation;

/**
 * The first half of PDQ: boxes gone twice over rows and columns, of which every 64th part is taken.
 * Folded into weights that is cheap. As published, with sums that slide along each row and column
 * in single precision, it takes ten times as long; and since each sum carries on the rounding of
 * all before it, nothing but the very same steps gives the very same values.
 */
final class TentFilter {
  /** The side of the square that comes out. */
  static final int SIDE = 64;

  private TentFilter() {}

  /**
   * The square of an upright picture, by weights: what the published steps would give without
   * rounding, but for a few millionths.
   */
  static float[] byWeights(GreyPicture stored, Orientation orientation) {
    Axis columns = Axis.tent(stored.width(), SIDE);
    Axis rows = Axis.tent(stored.height(), SIDE);
    // Windows are not symmetric: what is turned afterwards has to be read from the other end.
    float[] square =
        SeparableFilter.apply(
            stored,
            orientation.readsFromRight() ? columns.reversed() : columns,
            orientation.readsFromBottom() ? rows.reversed() : rows);
    return orientation == Orientation.UPRIGHT ? square : orientation.apply(square, SIDE);
  }

  /** The square of an upright picture, as published, to the last bit. */
  static float[] asPublished(GreyPicture picture) {
    int width = picture.width();
    int height = picture.height();
    Box alongRows = Box.forShrinking(width, SIDE);
    Box alongColumns = Box.forShrinking(height, SIDE);
    float[] square = new float[SIDE * SIDE];
    SlidingRows second =
        new SlidingRows(
            alongColumns,
            SIDE,
            (y, means) -> {
              for (int i = 0; i < SIDE; i++) {
                if (Box.centre(i, height, SIDE) == y) {
                  System.arraycopy(means, 0, square, i * SIDE, SIDE);
                }
              }
            });
    float[] twice = new float[width];
    float[] chosen = new float[SIDE];
    SlidingRows first =
        new SlidingRows(
            alongColumns,
            width,
            (y, means) -> {
              slide(alongRows, means, twice);
              for (int i = 0; i < SIDE; i++) {
                chosen[i] = twice[Box.centre(i, width, SIDE)];
              }
              second.add(chosen);
            });
    float[] once = new float[width];
    for (int y = 0; y < height; y++) {
      slide(alongRows, picture.luma(), y * width, once);
      first.add(once);
    }
    first.finish();
    second.finish();
    return square;
  }

  /**
   * The means of the windows of a row of luma. Sums of bytes are exact, so that no order counts.
   */
  private static void slide(Box box, byte[] luma, int at, float[] means) {
    int sum = 0;
    int in = 0;
    int out = 0;
    for (int x = 0; x < means.length; x++) {
      for (; in < box.to(x); in++) {
        sum += luma[at + in] & 0xFF;
      }
      for (; out < box.from(x); out++) {
        sum -= luma[at + out] & 0xFF;
      }
      means[x] = (float) sum / (in - out);
    }
  }

  /** The means of the windows of a row. What comes in is added before what goes out is taken. */
  private static void slide(Box box, float[] row, float[] means) {
    float sum = 0;
    int in = 0;
    int out = 0;
    for (int x = 0; x < row.length; x++) {
      for (; in < box.to(x); in++) {
        sum += row[in];
      }
      for (; out < box.from(x); out++) {
        sum -= row[out];
      }
      means[x] = sum / (in - out);
    }
  }
}
