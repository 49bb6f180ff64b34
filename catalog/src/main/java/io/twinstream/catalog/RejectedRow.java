package io.twinstream.catalog;

import io.twinstream.catalog.ImageRow.Origin;
import java.time.Instant;

/**
 * A row, a file or a record that could not become an event.
 *
 * @param origin where it was handed in
 * @param message why, in a sentence
 * @param excerpt the start of what was handed in, as text, at most {@value #MAX_EXCERPT} characters
 * @param at when it was handed in, by the clock of the broker
 */
public record RejectedRow(Origin origin, String message, String excerpt, Instant at) {
  /** How much of an excerpt is kept, in UTF-16 units; the dead letter itself holds more. */
  public static final int MAX_EXCERPT = 200;

  public RejectedRow {
    if (excerpt.length() > MAX_EXCERPT) {
      // Not between the two halves of a character.
      int end = Character.isHighSurrogate(excerpt.charAt(MAX_EXCERPT - 1)) ? 1 : 0;
      excerpt = excerpt.substring(0, MAX_EXCERPT - end);
    }
  }
}
