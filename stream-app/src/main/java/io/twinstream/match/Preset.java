package io.twinstream.match;

import io.twinstream.schema.Threshold;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How far apart two codes may be to count as alike, chosen by what is found wrongly: with pictures
 * as distinct as those that it was measured on, and with all orientations and views, an image has a
 * false match in at most one case of a hundred, up to so many images in a collection. {@code
 * docs/accuracy.md} has the figures.
 */
public enum Preset {
  /** Equal bytes, pixels or codes. */
  EXACT(Long.MAX_VALUE),
  /** For a million images. */
  STRICT(1_000_000),
  /** For a hundred thousand images. */
  BALANCED(100_000),
  /** For folders: at most 2 false pairs are expected among 500,000. */
  LOOSE(2_500);

  /** In bits; an algorithm has none where no radius is safe. */
  private record Radii(OptionalInt strict, OptionalInt balanced, OptionalInt loose) {
    private static Radii of(int strict, int balanced, int loose) {
      return new Radii(OptionalInt.of(strict), OptionalInt.of(balanced), OptionalInt.of(loose));
    }

    private static Radii ofLoose(int loose) {
      return new Radii(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(loose));
    }
  }

  private static final Map<String, Radii> RADII =
      Map.of(
          "PDQ", Radii.of(66, 70, 77),
          "PerceptiveHash(256)", Radii.of(62, 67, 75),
          "PerceptiveHash(64)", Radii.of(1, 3, 7),
          "DifferenceHash(64)", Radii.ofLoose(1));

  private final long largest;

  Preset(long largest) {
    this.largest = largest;
  }

  /** The radius for an algorithm, in bits; empty if none is safe, or it was never measured. */
  public OptionalInt radius(String algorithm) {
    if (this == EXACT) {
      return OptionalInt.of(0);
    }
    Radii radii = RADII.get(algorithm);
    if (radii == null) {
      return OptionalInt.empty();
    }
    return switch (this) {
      case EXACT -> OptionalInt.of(0);
      case STRICT -> radii.strict;
      case BALANCED -> radii.balanced;
      case LOOSE -> radii.loose;
    };
  }

  /** The widest that is safe for so many images. */
  public static Preset forImages(long images) {
    if (images <= LOOSE.largest) {
      return LOOSE;
    }
    return images <= BALANCED.largest ? BALANCED : STRICT;
  }

  /** The preset that a threshold is of, if it is of one. */
  public static Optional<Preset> of(Threshold threshold) {
    return Arrays.stream(values())
        .filter(preset ->
            preset.radius(threshold.algorithm()).equals(OptionalInt.of(threshold.radius())))
        .findFirst();
  }

  /** Whether a collection has outgrown it. */
  public boolean isOutgrownBy(long images) {
    return images > largest;
  }

  /** How many images a collection may have. */
  public long largest() {
    return largest;
  }

  /** The name in options, lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
