package io.twinstream.match;

import io.twinstream.hash.Orientations;
import io.twinstream.hash.Views;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How far apart two codes may be to count as alike, chosen by what is found wrongly: with pictures
 * as distinct as those that it was measured on, and with all lookups that a preset enables, an
 * image has a false match in at most one case of a hundred, up to so many images in a collection.
 * {@code docs/accuracy.md} has the figures.
 */
public enum Preset {
  /** Equal bytes, pixels or codes. */
  EXACT(Long.MAX_VALUE, Orientations.NONE, Views.NONE),
  /** For a million images and more. */
  STRICT(1_000_000, Orientations.ALL, Views.ALL),
  /** For a hundred thousand images. */
  BALANCED(100_000, Orientations.ALL, Views.ALL),
  /** For folders: two thousand images. At most 2 false pairs among 500,000. */
  LOOSE(2_500, Orientations.ALL, Views.ALL);

  /** In bits; an algorithm has none where no radius is safe. */
  private record Radii(OptionalInt strict, OptionalInt balanced, OptionalInt loose) {
    private static Radii of(int strict, int balanced, int loose) {
      return new Radii(
          OptionalInt.of(strict), OptionalInt.of(balanced), OptionalInt.of(loose));
    }
  }

  private static final Map<String, Radii> RADII =
      Map.of("PDQ", Radii.of(62, 68, 76), "PerceptiveHash(256)", Radii.of(62, 68, 76));

  private final long largest;
  private final Orientations orientations;
  private final Views views;

  Preset(long largest, Orientations orientations, Views views) {
    this.largest = largest;
    this.orientations = orientations;
    this.views = views;
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

  /** How many images a collection may have. */
  public long largest() {
    return largest;
  }

  /** In which ways a picture is looked at. */
  public Orientations orientations() {
    return orientations;
  }

  /** Which parts of it are. */
  public Views views() {
    return views;
  }

  /** The name in options, lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
