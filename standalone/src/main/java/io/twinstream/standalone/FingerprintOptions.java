package io.twinstream.standalone;

import io.twinstream.fingerprint.FingerprintSettings;
import io.twinstream.fingerprint.LocalFingerprinter;
import io.twinstream.standalone.engine.RefusedException;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What fingerprints are made with: the same options for all commands that make them. */
final class FingerprintOptions {
  @Mixin private WaysOptions looks;

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
        limit.pixels(), hashes, looks.orientations(), looks.views(), measured, pixelDigest, false);
  }

  /** One that works in this process, on files that the user has named. */
  LocalFingerprinter fingerprinter(List<String> hashes) {
    try {
      return new LocalFingerprinter(settings(hashes));
    } catch (IllegalArgumentException e) {
      throw new RefusedException(e.getMessage());
    }
  }
}
