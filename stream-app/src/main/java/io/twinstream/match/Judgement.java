package io.twinstream.match;

import io.twinstream.schema.Match;
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
}
