package io.twinstream.accuracy;

import io.twinstream.fingerprint.FingerprintSettings;
import io.twinstream.hash.Orientations;
import io.twinstream.hash.Views;
import io.twinstream.schema.Codes;
import io.twinstream.schema.Fingerprint;
import java.util.List;
import java.util.Locale;

/**
 * A way to look for alike pictures.
 *
 * @param algorithm by its name
 * @param orientations in which ways the picture that is judged is turned
 * @param views which parts of both are looked at
 */
public record Configuration(String algorithm, Orientations orientations, Views views) {
  /** What the product does unless it is told otherwise. */
  public static final Configuration DEFAULT =
      new Configuration(FingerprintSettings.DEFAULT_HASH, Orientations.ALL, Views.ALL);

  /** All that are measured: the default first, what its parts buy, and the other algorithms. */
  public static final List<Configuration> SHIPPED =
      List.of(
          DEFAULT,
          new Configuration("PDQ", Orientations.ALL, Views.TRIMMED),
          new Configuration("PDQ", Orientations.ALL, Views.NONE),
          new Configuration("PDQ", Orientations.NONE, Views.ALL),
          new Configuration("PDQ", Orientations.NONE, Views.NONE),
          new Configuration("PerceptiveHash(256)", Orientations.ALL, Views.ALL),
          new Configuration("PerceptiveHash(256)", Orientations.NONE, Views.NONE),
          new Configuration("PerceptiveHash(64)", Orientations.ALL, Views.ALL),
          new Configuration("DifferenceHash(64)", Orientations.ALL, Views.ALL),
          new Configuration("AverageHash(64)", Orientations.ALL, Views.ALL));

  /** As it stands in reports, for example {@code PDQ, orientations all, views trimmed}. */
  public String name() {
    return "%s, orientations %s, views %s".formatted(algorithm, lower(orientations), lower(views));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** Whether it looks in all ways that there are, as presets suppose. */
  public boolean isComplete() {
    return orientations == Orientations.ALL && views == Views.ALL;
  }

  /** What of a picture it looks at. */
  Looked of(Fingerprint fingerprint) {
    Codes codes =
        fingerprint.codes(algorithm).orElseThrow().only(orientations.ways(), views.parts());
    return new Looked(codes, fingerprint.isFeatureless());
  }

  /**
   * One side of a comparison.
   *
   * @param featureless whether it matches nothing but its equal
   */
  record Looked(Codes codes, boolean featureless) {
    int bits() {
      return codes.whole().bits();
    }

    /** In bits, one more than there are where nothing would be found at any radius. */
    int distanceTo(Looked stored) {
      return featureless || stored.featureless
          ? bits() + 1
          : codes.nearest(stored.codes).distance();
    }
  }
}
