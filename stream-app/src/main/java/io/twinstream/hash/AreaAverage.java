package io.twinstream.hash;

import io.twinstream.picture.GreyPicture;

/**
 * Makes a picture small (or large), each value being the mean of the area that it covers, with
 * pixels at the edges weighted by their covered part, so that nothing aliases into the hash.
 */
public final class AreaAverage {
  private final GreyPicture picture;
  private final Axis columns;
  private final Axis rows;

  /** The picture at {@code width × height}, of which nothing is computed yet. */
  public AreaAverage(GreyPicture picture, int width, int height) {
    this.picture = picture;
    this.columns = Axis.area(picture.width(), width);
    this.rows = Axis.area(picture.height(), height);
  }

  /**
   * The picture at {@code width × height}.
   *
   * @return luma, 0 to 255 but for rounding, row by row
   */
  public static float[] of(GreyPicture picture, int width, int height) {
    return new AreaAverage(picture, width, height).rows(0, height);
  }

  /**
   * Some rows of it.
   *
   * @return luma, 0 to 255 but for rounding, row by row
   */
  public float[] rows(int first, int count) {
    return SeparableFilter.apply(picture, columns, rows, first, count);
  }
}
