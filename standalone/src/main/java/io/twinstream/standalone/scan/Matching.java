package io.twinstream.standalone.scan;

import io.twinstream.catalog.Catalog;
import io.twinstream.catalog.ImageRow;
import io.twinstream.fingerprint.FingerprintSettings;
import io.twinstream.match.MatchChoice;
import io.twinstream.match.MatchChoice.Reach;
import io.twinstream.match.Preset;
import io.twinstream.schema.Threshold;
import io.twinstream.schema.Verdict;
import io.twinstream.standalone.engine.DataDirectory;
import io.twinstream.standalone.engine.RefusedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a scan matches by, and whether that still fits. */
final class Matching {
  private Matching() {}

  /**
   * What the images of a data directory are matched by: what was decided when it was new, or now,
   * or what was adopted since.
   *
   * @throws RefusedException if something else is asked for, or what can't be had
   */
  static Threshold decided(DataDirectory data, MatchChoice choice, List<ScanSource> sources) {
    try {
      if (data.threshold().isEmpty()) {
        long images = sources.stream().mapToLong(ScanSource::size).sum();
        data.decide(choice.threshold(FingerprintSettings.DEFAULT_HASH, images));
      }
      Threshold kept = data.threshold().orElseThrow();
      String algorithm = choice.algorithm().isEmpty() ? kept.algorithm() : choice.algorithm();
      int radius =
          choice.reach() instanceof Reach.BySize
              ? kept.radius()
              : choice.threshold(kept.algorithm(), 0).radius();
      Threshold asked = new Threshold(algorithm, radius);
      if (!asked.equals(kept)) {
        throw new RefusedException(refusal(data.path(), kept, asked));
      }
      return kept;
    } catch (IllegalArgumentException e) {
      throw new RefusedException(e.getMessage());
    }
  }

  private static String refusal(Path data, Threshold kept, Threshold asked) {
    String what =
        """
        The images in %s were matched by %s at radius %d, not by %s at radius %d; a scan does not change that by the way.
        Leave out --algorithm, --preset and --radius to go on as before, or start anew with another --data folder.\
        """
            .formatted(data, kept.algorithm(), kept.radius(), asked.algorithm(), asked.radius());
    return asked.algorithm().equals(kept.algorithm())
        ? """
        %s
        To judge what is there by the other radius, and then go on with that:
          twinstream replay --data %s --run NAME --algorithm "%s" --radius %d
          twinstream diff live NAME --data %s
          twinstream adopt NAME --data %s\
        """
            .formatted(what, data, asked.algorithm(), asked.radius(), data, data)
        : what;
  }

  /** One line for a person. */
  static String said(Threshold threshold) {
    String how = Preset.of(threshold).map(preset -> " with preset " + preset).orElse("");
    return "Matching%s: %s, radius %d".formatted(how, threshold.algorithm(), threshold.radius());
  }

  private static Map<String, Long> sizes(Catalog catalog) {
    Map<String, Long> sizes = new TreeMap<>();
    for (ImageRow row : catalog.images()) {
      if (row.verdict() instanceof Verdict.Unique
          || row.verdict() instanceof Verdict.DuplicateFound) {
        sizes.merge(row.image().collection(), 1L, Long::sum);
      }
    }
    return sizes;
  }

  /** A warning for each collection that is too large by now for how its images are matched. */
  static List<String> outgrown(Catalog catalog, Threshold threshold) {
    List<String> warnings = new ArrayList<>();
    Preset.of(threshold)
        .ifPresent(preset ->
            sizes(catalog)
                .forEach((collection, images) -> {
                  if (preset.isOutgrownBy(images)) {
                    warnings.add(
                        String.format(
                            Locale.ROOT,
                            "Collection %s has %,d images, more than the preset %s is for (%,d):"
                                + " more of its matches are false. Scan it anew with --preset %s"
                                + " and another --data folder.",
                            collection,
                            images,
                            preset,
                            preset.largest(),
                            Preset.forImages(images)));
                  }
                }));
    return warnings;
  }
}
