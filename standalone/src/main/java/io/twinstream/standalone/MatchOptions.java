package io.twinstream.standalone;

import io.twinstream.fingerprint.FingerprintSettings;
import io.twinstream.match.MatchChoice;
import io.twinstream.match.MatchChoice.Reach;
import io.twinstream.match.Preset;
import io.twinstream.schema.Threshold;
import io.twinstream.standalone.engine.RefusedException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** What images are matched by. */
final class MatchOptions {
  @Option(
      names = "--algorithm",
      paramLabel = "NAME",
      description =
          "The perceptual hash that is matched by, for example PerceptiveHash(256). Default: PDQ.")
  private String algorithm;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description =
          "How far apart pictures may be to count as alike, by how many there are: loose (folders"
              + " of up to 2,500), balanced (100,000), strict (a million) or exact."
              + " docs/accuracy.md says what each finds. Default: balanced; a scan goes by the"
              + " number of its files.")
  private String preset;

  @Option(
      names = "--radius",
      paramLabel = "N",
      description =
          "The largest Hamming distance at which two pictures count as alike, in bits, instead of"
              + " a preset.")
  private Integer radius;

  /** Whether it is said how far apart pictures may be. */
  boolean isGiven() {
    return radius != null || preset != null;
  }

  /**
   * What was asked for; nothing if nothing was.
   *
   * @throws RefusedException if it can't be had
   */
  MatchChoice choice() {
    Reach reach =
        radius != null
            ? new Reach.Bits(radius)
            : preset != null ? new Reach.Of(preset()) : new Reach.BySize();
    MatchChoice choice =
        new MatchChoice(algorithm == null ? MatchChoice.ANY_ALGORITHM : algorithm.strip(), reach);
    // Whatever is wrong with it is said before anything is opened.
    Threshold _ = threshold(choice, 0);
    return choice;
  }

  /**
   * What it comes to where so many images are expected.
   *
   * @throws RefusedException if it can't be had
   */
  Threshold threshold(long images) {
    return threshold(choice(), images);
  }

  private static Threshold threshold(MatchChoice choice, long images) {
    try {
      return choice.threshold(FingerprintSettings.DEFAULT_HASH, images);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(e.getMessage());
    }
  }

  private Preset preset() {
    List<Preset> all = Arrays.asList(Preset.values());
    return all.stream()
        .filter(one -> one.toString().equals(preset.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () -> new RefusedException("--preset is one of %s, not %s".formatted(all, preset)));
  }
}
