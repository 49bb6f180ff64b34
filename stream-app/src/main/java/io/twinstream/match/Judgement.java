package io.twinstream.match;

import io.twinstream.schema.EventId;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.Match;
import io.twinstream.schema.Threshold;
import io.twinstream.schema.Verdict;
import java.time.Instant;
import java.util.List;

/**
 * How an image was judged.
 *
 * @param position its place
 * @param logged whether its fingerprint belongs into the fingerprint log: it got that place now, or
 *     has what the record of that place lacks
 * @param matches those of lowest position, in order; empty if it is unique
 * @param matchCount how many there are, listed or not; with more than {@value Search#LISTED} of
 *     them, at least so many
 */
public record Judgement(long position, boolean logged, List<Match> matches, long matchCount) {
  public Judgement {
    matches = List.copyOf(matches);
  }

  /**
   * The verdict that it comes to.
   *
   * @param run which pass of matching it was
   */
  public Verdict verdict(
      EventId event,
      ImageMetadata image,
      Fingerprint fingerprint,
      String run,
      Instant at,
      Threshold threshold) {
    List<Threshold> thresholds = List.of(threshold);
    return matches.isEmpty()
        ? new Verdict.Unique(event, image, run, at, position, thresholds, fingerprint)
        : new Verdict.DuplicateFound(
            event,
            image,
            run,
            at,
            position,
            thresholds,
            fingerprint,
            matches.getFirst(),
            matches,
            matchCount);
  }
}
