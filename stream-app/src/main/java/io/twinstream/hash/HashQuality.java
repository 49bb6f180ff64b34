package io.twinstream.hash;

/**
 * How much there is in a picture for a perceptual hash to hold on to: the sum of luma differences
 * of neighbours, after the quality measure of PDQ ("The TMK+PDQF Video-Hashing Algorithm and the
 * PDQ Image-Hashing Algorithm", Facebook 2019), which also works on 64 × 64 values.
 */
public final class HashQuality {
  private static final int SIDE = 64;
  private static final int STEPS_FOR_ONE = 90;

  private HashQuality() {}

  /**
   * The quality of a picture, which is the same in all its orientations.
   *
   * @return 0 (featureless) to 100
   */
  public static int of(UprightPicture picture) {
    if (Math.min(picture.stored().width(), picture.stored().height()) < Pdq.MIN_SIDE) {
      // PDQ has no hash of it, and that of others is noise.
      return 0;
    }
    return of(picture.averaged(SIDE, SIDE), SIDE, 0);
  }

  /**
   * The quality of a grey square.
   *
   * @param grey values from 0 to 255, row by row
   * @param margin what each difference is taken to be larger than it is
   * @return 0 (featureless) to 100
   */
  static int of(float[] grey, int side, float margin) {
    int sum = 0;
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int at = y * side + x;
        if (x + 1 < side) {
          sum += percent(Math.abs(grey[at] - grey[at + 1]) + margin);
        }
        if (y + 1 < side) {
          sum += percent(Math.abs(grey[at] - grey[at + side]) + margin);
        }
      }
    }
    return Math.min(100, sum / STEPS_FOR_ONE);
  }

  // Rounded towards zero for each pair, so that noise of a few levels adds up to nothing.
  private static int percent(float difference) {
    return (int) (Math.max(0, difference) * 100 / 255);
  }
}
