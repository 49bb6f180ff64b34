package io.twinstream.match;

import io.twinstream.hash.Orientations;
import io.twinstream.hash.Views;
import io.twinstream.schema.Codes;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.Threshold;

/**
 * What an image is matched by.
 *
 * @param threshold what counts as alike
 * @param orientations in which ways an image is looked at, as far as its fingerprint has them
 * @param views which parts of an image are looked at, likewise
 */
public record MatchSettings(Threshold threshold, Orientations orientations, Views views) {
  /** The same with another radius, in bits. */
  public MatchSettings within(int radius) {
    return new MatchSettings(new Threshold(threshold.algorithm(), radius), orientations, views);
  }

  /**
   * The codes of a fingerprint that are looked at.
   *
   * @throws IllegalArgumentException if it lacks the hash that is matched by
   */
  public Codes codes(ImageKey key, Fingerprint fingerprint) {
    return fingerprint
        .codes(threshold.algorithm())
        .orElseThrow(() ->
            new IllegalArgumentException(
                "the fingerprint of %s has no %s".formatted(key, threshold.algorithm())))
        .only(orientations.ways(), views.parts());
  }
}
