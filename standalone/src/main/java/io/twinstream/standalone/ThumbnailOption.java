package io.twinstream.standalone;

import io.twinstream.fingerprint.FingerprintSettings;
import picocli.CommandLine.Option;

/** Whether thumbnails are made: the same option for all commands that judge images. */
final class ThumbnailOption {
  @Option(
      names = "--thumbnails",
      description =
          "Make a small picture of each picture that is fetched (JPEG, 320 pixels on the longer"
              + " side) and put it on image-thumbnails, where it outlives its source. Default: no.")
  private boolean wanted;

  /** These settings, with thumbnails if they are wanted. */
  FingerprintSettings within(FingerprintSettings settings) {
    return settings.withThumbnails(wanted);
  }
}
