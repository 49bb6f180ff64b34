package io.twinstream.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

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

  /** The name in events, for example {@code turn-90}. */
  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The orientation of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  @JsonCreator
  public static Orientation of(String name) {
    return Arrays.stream(values())
        .filter(orientation -> orientation.toString().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no such orientation: " + name));
  }

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

  /**
   * A square of values, done so. Turning and mirroring a square that a picture was shrunk to is the
   * same as shrinking the turned picture, and costs nothing.
   *
   * @param square {@code side × side} values, row by row
   * @return a new array
   */
  public float[] apply(float[] square, int side) {
    float[] upright = new float[square.length];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        upright[y * side + x] = square[source(x, y, side)];
      }
    }
    return upright;
  }

  private int source(int x, int y, int side) {
    int last = side - 1;
    return switch (this) {
      case UPRIGHT -> y * side + x;
      case MIRROR -> y * side + last - x;
      case TURN_180 -> (last - y) * side + last - x;
      case FLIP -> (last - y) * side + x;
      case TRANSPOSE -> x * side + y;
      case TURN_90 -> (last - x) * side + y;
      case TRANSVERSE -> (last - x) * side + last - y;
      case TURN_270 -> x * side + last - y;
    };
  }

  /** Tells Jackson to leave out what is so by default. */
  static final class LeftOut {
    @Override
    public boolean equals(Object other) {
      return other == null || other == UPRIGHT;
    }

    @Override
    public int hashCode() {
      return UPRIGHT.hashCode();
    }
  }
}
