package io.twinstream.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * How much of a picture has which colour: an immutable histogram over 4 × 4 × 4 equal boxes of
 * sRGB, the square root of each share in 255ths. It does not change when the picture is turned,
 * mirrored or scaled.
 */
public final class ColourSignature {
  /** The number of boxes. */
  public static final int BOXES = 64;

  private final byte[] levels;

  private ColourSignature(byte[] levels) {
    this.levels = levels;
  }

  /**
   * The signature of pixels, counted.
   *
   * @param counts {@value #BOXES} numbers, 0 or more, not all 0: that of the box of red {@code r},
   *     green {@code g} and blue {@code b} (0 to 3 each) at {@code 16 r + 4 g + b}
   */
  public static ColourSignature ofCounts(int[] counts) {
    double all = Arrays.stream(counts).asLongStream().sum();
    byte[] levels = new byte[BOXES];
    for (int i = 0; i < BOXES; i++) {
      levels[i] = (byte) Math.round(255 * Math.sqrt(counts[i] / all));
    }
    return new ColourSignature(levels);
  }

  /**
   * The signature in that hexadecimal form.
   *
   * @throws IllegalArgumentException if it is not {@value #BOXES} bytes in hexadecimal
   */
  @JsonCreator
  public static ColourSignature ofHex(String hex) {
    byte[] levels = HexFormat.of().parseHex(hex);
    if (levels.length != BOXES) {
      throw new IllegalArgumentException(
          "a colour signature has %s bytes, not %s".formatted(BOXES, levels.length));
    }
    return new ColourSignature(levels);
  }

  /** Two lower-case digits a box. */
  @JsonValue
  public String toHex() {
    return HexFormat.of().formatHex(levels);
  }

  /**
   * How alike the colours of two pictures are: Pearson's correlation of the two histograms.
   *
   * @return −1 to 1: 1 for the same colours in the same shares, about 0 for nothing in common
   */
  public double correlation(ColourSignature other) {
    if (Arrays.equals(levels, other.levels)) {
      return 1;
    }
    double mean = mean();
    double otherMean = other.mean();
    double both = 0;
    double square = 0;
    double otherSquare = 0;
    for (int i = 0; i < BOXES; i++) {
      double here = (levels[i] & 0xFF) - mean;
      double there = (other.levels[i] & 0xFF) - otherMean;
      both += here * there;
      square += here * here;
      otherSquare += there * there;
    }
    double norm = Math.sqrt(square * otherSquare);
    return norm == 0 ? 0 : Math.clamp(both / norm, -1, 1);
  }

  private double mean() {
    double sum = 0;
    for (byte level : levels) {
      sum += level & 0xFF;
    }
    return sum / BOXES;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ColourSignature that && Arrays.equals(levels, that.levels);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(levels);
  }

  @Override
  public String toString() {
    return toHex();
  }
}
