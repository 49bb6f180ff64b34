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

  /** What undoes it. */
  public Orientation inverse() {
    return switch (this) {
      case TURN_90 -> TURN_270;
      case TURN_270 -> TURN_90;
      case UPRIGHT, MIRROR, TURN_180, FLIP, TRANSPOSE, TRANSVERSE -> this;
    };
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
      upright[i] = values[storedIndex(i % newWidth, i / newWidth, width, height)];
    }
    return upright;
  }

  /**
   * Where the value for a place lies among those that are stored, row by row.
   *
   * @param width of what is stored
   * @param height of what is stored
   */
  public int storedIndex(int x, int y, int width, int height) {
    int column = swapsSides() ? y : x;
    int row = swapsSides() ? x : y;
    return (readsFromBottom() ? height - 1 - row : row) * width
        + (readsFromRight() ? width - 1 - column : column);
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
