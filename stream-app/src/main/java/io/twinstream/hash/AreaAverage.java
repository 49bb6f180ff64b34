package io.twinstream.hash;

import io.twinstream.picture.GreyPicture;

/**
 * Makes a picture small (or large), each value being the mean of the area that it covers, with
 * pixels at the edges weighted by their covered part, so that nothing aliases into the hash.
 */
public final class AreaAverage {
  private AreaAverage() {}

  /**
   * The picture at {@code width × height}.
   *
   * @return luma, 0 to 255 but for rounding, row by row
   */
  public static float[] of(GreyPicture picture, int width, int height) {
    return SeparableFilter.apply(
        picture, Axis.area(picture.width(), width), Axis.area(picture.height(), height));
  }
}
