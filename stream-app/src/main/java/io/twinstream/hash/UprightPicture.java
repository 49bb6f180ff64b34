package io.twinstream.hash;

import io.twinstream.picture.GreyPicture;
import io.twinstream.schema.Orientation;
import java.util.HashMap;
import java.util.Map;

/**
 * A picture on its way to its hashes: how its pixels are stored, and how they have to be turned.
 * Remembers what it was shrunk to, so that several algorithms of one size share the work. For one
 * thread at a time.
 */
public final class UprightPicture {
  private final GreyPicture stored;
  private final Orientation orientation;
  private final Map<Size, float[]> averages = new HashMap<>();

  private record Size(int width, int height) {}

  /**
   * @param stored the pixels as they are stored
   * @param orientation what has to be done with them so that they stand upright
   */
  public UprightPicture(GreyPicture stored, Orientation orientation) {
    this.stored = stored;
    this.orientation = orientation;
  }

  GreyPicture stored() {
    return stored;
  }

  Orientation orientation() {
    return orientation;
  }

  /**
   * The upright picture at another size, each value the mean of the area that it covers.
   *
   * @return luma, 0 to 255 but for rounding, row by row; not to be written to
   */
  float[] averaged(int width, int height) {
    return averages.computeIfAbsent(
        new Size(width, height),
        size -> {
          int storedWidth = orientation.swapsSides() ? height : width;
          int storedHeight = orientation.swapsSides() ? width : height;
          float[] averaged = AreaAverage.of(stored, storedWidth, storedHeight);
          return orientation == Orientation.UPRIGHT
              ? averaged
              : orientation.apply(averaged, storedWidth, storedHeight);
        });
  }
}
