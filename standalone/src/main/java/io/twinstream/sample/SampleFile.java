package io.twinstream.sample;

import io.twinstream.fingerprint.FingerprintOutcome;
import io.twinstream.fingerprint.FingerprintSettings;
import io.twinstream.fingerprint.LocalFingerprinter;
import io.twinstream.hash.Orientations;
import io.twinstream.hash.Views;
import io.twinstream.schema.Codes;
import io.twinstream.schema.Fingerprint;
import java.util.List;

/** A picture as a file, not yet written. */
final class SampleFile {
  private static final LocalFingerprinter FINGERPRINTER =
      new LocalFingerprinter(
          new FingerprintSettings(
              10_000_000,
              List.of(FingerprintSettings.DEFAULT_HASH),
              Orientations.ALL,
              Views.ALL,
              false,
              false,
              false));

  private final String path;
  private final int scene;
  private final byte[] bytes;
  private final Fingerprint fingerprint;
  private final Codes codes;

  /**
   * A file with the fingerprint that the product will give it.
   *
   * @param path relative to the sample's folder, with slashes
   * @param scene the number of the scene that it shows
   * @param bytes not to be changed any more
   */
  SampleFile(String path, int scene, byte[] bytes) {
    this.path = path;
    this.scene = scene;
    this.bytes = bytes;
    this.fingerprint =
        switch (FINGERPRINTER.fingerprint(bytes)) {
          case FingerprintOutcome.Done done -> done.fingerprint();
          case FingerprintOutcome.Refused refused ->
              throw new IllegalStateException(
                  "the product can't read its own %s: %s".formatted(path, refused.detail()));
        };
    this.codes = fingerprint.codes(FingerprintSettings.DEFAULT_HASH).orElseThrow();
  }

  String path() {
    return path;
  }

  int scene() {
    return scene;
  }

  byte[] bytes() {
    return bytes;
  }

  int quality() {
    return fingerprint.quality();
  }

  /** In bits, in the way in which a scan finds them most alike. */
  int distance(SampleFile other) {
    return Math.min(codes.nearest(other.codes).distance(), other.codes.nearest(codes).distance());
  }
}
