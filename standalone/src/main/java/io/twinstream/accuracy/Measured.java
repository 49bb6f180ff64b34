package io.twinstream.accuracy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one configuration finds, and what it finds wrongly.
 *
 * @param pairs the distances of distinct pictures, all pairs of them
 * @param tail how that goes on below what was seen, if there is enough to tell
 * @param edits by edit, the distances of what was made to what it was made of
 */
public record Measured(
    Configuration configuration,
    Distances pairs,
    Optional<Tail> tail,
    Map<String, Distances> edits) {
  /** The false pairs that are put up with, among {@link #ALLOWED_AMONG}. */
  private static final long ALLOWED = 2;

  private static final long ALLOWED_AMONG = 500_000;

  public Measured {
    edits = Collections.unmodifiableMap(new LinkedHashMap<>(edits));
  }

  /** How many false pairs the radius may let through: 2 of 500,000, rounded down. */
  public long allowed() {
    return pairs.total() * ALLOWED / ALLOWED_AMONG;
  }

  /** The widest radius that lets no more through; with few pictures none at all. */
  public int radius() {
    return pairs.widest(allowed());
  }

  /** The share of edited pictures that are found, 0 to 1. */
  public double recall(String edit, int radius) {
    return edits.get(edit).shareWithin(radius);
  }

  /** The mean over all edits that any picture was edited by. */
  public double meanRecall(int radius) {
    return edits.values().stream()
        .filter(edit -> edit.total() > 0)
        .mapToDouble(edit -> edit.shareWithin(radius))
        .average()
        .orElse(0);
  }

  /** The share of false pairs, at most, by what was counted alone; 95 % confidence. */
  public double rateAtMost(int radius) {
    return RateBound.above(pairs.within(radius), pairs.total());
  }
}
