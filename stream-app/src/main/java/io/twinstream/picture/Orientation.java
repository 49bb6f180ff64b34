package io.twinstream.picture;

/**
 * The eight ways in which a picture can be turned and mirrored (the dihedral group of the square),
 * in the order and meaning of the Exif tag {@code Orientation} (CIPA DC-008, 1 to 8): each says
 * what has to be done with the stored pixels so that they stand upright.
 */
public enum Orientation {
  /** Nothing. */
  UPRIGHT,
  /** Mirror left and right. */
  MIRROR,
  /** Turn by half a turn. */
  TURN_180,
  /** Mirror top and bottom. */
  FLIP,
  /** Mirror along the diagonal from the top left. */
  TRANSPOSE,
  /** Turn by a quarter clockwise. */
  TURN_90,
  /** Mirror along the diagonal from the top right. */
  TRANSVERSE,
  /** Turn by a quarter counter-clockwise. */
  TURN_270;

  /** The orientation of an Exif value; values beyond 1 to 8 mean nothing and are upright. */
  public static Orientation ofExif(int value) {
    return value >= 1 && value <= values().length ? values()[value - 1] : UPRIGHT;
  }

  /** Whether width and height change places. */
  public boolean swapsSides() {
    return switch (this) {
      case UPRIGHT, MIRROR, TURN_180, FLIP -> false;
      case TRANSPOSE, TURN_90, TRANSVERSE, TURN_270 -> true;
    };
  }

  /** Whether stored rows are taken from right to left. */
  public boolean readsFromRight() {
    return switch (this) {
      case MIRROR, TURN_180, TRANSVERSE, TURN_270 -> true;
      case UPRIGHT, FLIP, TRANSPOSE, TURN_90 -> false;
    };
  }

  /** Whether stored columns are taken from the bottom up. */
  public boolean readsFromBottom() {
    return switch (this) {
      case TURN_180, FLIP, TURN_90, TRANSVERSE -> true;
      case UPRIGHT, MIRROR, TRANSPOSE, TURN_270 -> false;
    };
  }

  /**
   * A square of values, done so. Turning and mirroring a square that a picture was shrunk to is the
   * same as shrinking the turned picture, and costs nothing.
   *
   * @param square {@code side × side} values, row by row
   * @return a new array
   */
  public float[] apply(float[] square, int side) {
    return apply(square, side, side);
  }

  /**
   * A rectangle of values, done so. Where sides are swapped the result is {@code height} wide.
   *
   * @param values {@code width × height} values, row by row
   * @return a new array
   */
  public float[] apply(float[] values, int width, int height) {
    int newWidth = swapsSides() ? height : width;
    float[] upright = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      upright[i] = values[source(i % newWidth, i / newWidth, width, height)];
    }
    return upright;
  }

  /**
   * A picture, done so.
   *
   * @return a new picture, or this one where there is nothing to do
   */
  public GreyPicture apply(GreyPicture picture) {
    if (this == UPRIGHT) {
      return picture;
    }
    int width = picture.width();
    int height = picture.height();
    int newWidth = swapsSides() ? height : width;
    byte[] upright = new byte[picture.luma().length];
    for (int i = 0; i < upright.length; i++) {
      upright[i] = picture.luma()[source(i % newWidth, i / newWidth, width, height)];
    }
    return new GreyPicture(newWidth, upright.length / newWidth, upright);
  }

  /** Where the value for a place lies among those that are stored. */
  private int source(int x, int y, int width, int height) {
    int column = swapsSides() ? y : x;
    int row = swapsSides() ? x : y;
    return (readsFromBottom() ? height - 1 - row : row) * width
        + (readsFromRight() ? width - 1 - column : column);
  }
}
