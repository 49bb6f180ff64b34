package io.twinstream.standalone;

import io.twinstream.fingerprint.FingerprintSettings;
import io.twinstream.fingerprint.LocalFingerprinter;
import io.twinstream.hash.Orientations;
import io.twinstream.hash.Views;
import io.twinstream.standalone.engine.RefusedException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What fingerprints are made with: the same options for all commands that make them. */
final class FingerprintOptions {
  @Option(
      names = "--orientations",
      paramLabel = "WAYS",
      description =
          "In which ways a picture is looked at: none (as it stands), rotations (in quarter turns)"
              + " or all (mirrored, too). Default: all.")
  private String orientations;

  @Option(
      names = "--views",
      paramLabel = "PARTS",
      description =
          "Which parts of a picture are looked at, besides all of it: none, trimmed (without its"
              + " borders) or all (its middle, too, so that crops are found). Default: all.")
  private String views;

  @Option(
      names = "--measures",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Measure sharpness, colours and how good a copy each picture is; decoding and hashing"
              + " take 1.4 times as long then. Default: yes.")
  private boolean measured;

  @Option(
      names = "--pixel-digest",
      description =
          "Digest the pixels, too, so that lossless copies in other formats are exact matches;"
              + " pictures are then decoded at full size.")
  private boolean pixelDigest;

  @Mixin private PixelLimitOption limit;

  /** These settings, with the given hashes and without thumbnails. */
  FingerprintSettings settings(List<String> hashes) {
    return new FingerprintSettings(
        limit.pixels(), hashes, ways(), parts(), measured, pixelDigest, false);
  }

  /** One that works in this process, on files that the user has named. */
  LocalFingerprinter fingerprinter(List<String> hashes) {
    try {
      return new LocalFingerprinter(settings(hashes));
    } catch (IllegalArgumentException e) {
      throw new RefusedException(e.getMessage());
    }
  }

  private Orientations ways() {
    return switch (orientations == null ? "all" : orientations.toLowerCase(Locale.ROOT)) {
      case "none" -> Orientations.NONE;
      case "rotations" -> Orientations.ROTATIONS;
      case "all" -> Orientations.ALL;
      default ->
          throw new RefusedException(
              "--orientations is none, rotations or all, not " + orientations);
    };
  }

  private Views parts() {
    return switch (views == null ? "all" : views.toLowerCase(Locale.ROOT)) {
      case "none" -> Views.NONE;
      case "trimmed" -> Views.TRIMMED;
      case "all" -> Views.ALL;
      default -> throw new RefusedException("--views is none, trimmed or all, not " + views);
    };
  }
}
