package io.twinstream.standalone.replay.diff;

import io.twinstream.schema.Attributes;
import io.twinstream.schema.EventId;
import io.twinstream.schema.FailureReason;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.Match;
import io.twinstream.schema.Threshold;
import io.twinstream.schema.Verdict;
import java.time.Instant;
import java.util.List;

/**
 * Verdicts of a run, all of the position 1.
 *
 * @param run its name
 * @param radius by which it judges
 */
record Verdicts(String run, int radius) {
  static final Instant NOW = Instant.parse("2026-05-04T10:20:30Z");
  private static final Fingerprint PICTURE =
      new Fingerprint("00", 1_000, "png", 40, 30, 100, List.of());

  static ImageMetadata image(String id, String source) {
    return new ImageMetadata("default", id, source, Attributes.NONE);
  }

  static ImageMetadata image(String id) {
    return image(id, "file:///pictures/" + id);
  }

  static ImageKey key(String id) {
    return new ImageKey("default", id);
  }

  Verdict unique(ImageMetadata image) {
    return unique(image, 1);
  }

  Verdict unique(ImageMetadata image, long position) {
    return new Verdict.Unique(event(), image, run, NOW, position, thresholds(), PICTURE);
  }

  Verdict duplicate(ImageMetadata image, String original, int distance) {
    Match match = new Match(original, 0, Match.Kind.NEAR, "PDQ", distance, 1 - distance / 256.0);
    return new Verdict.DuplicateFound(
        event(), image, run, NOW, 1, thresholds(), PICTURE, match, List.of(match), 1);
  }

  Verdict failed(ImageMetadata image) {
    return new Verdict.DownloadFailed(
        event(), image, run, NOW, FailureReason.NOT_FOUND, "gone", false, 404, 1);
  }

  private List<Threshold> thresholds() {
    return List.of(new Threshold("PDQ", radius));
  }

  private static EventId event() {
    return new EventId("image-metadata", 0, 0);
  }
}
