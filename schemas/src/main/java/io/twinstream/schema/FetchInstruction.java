package io.twinstream.schema;

import java.time.Instant;
import java.util.Objects;

/**
 * What an operator says about fetching, of a {@link FetchSubject}: its latest record holds, and a
 * null takes it back.
 *
 * @param stopped whether a host is not to be asked; its images wait. Never true for an image
 * @param cancelledBefore events without a result that came before that time are given up, by the
 *     clock of the app; the epoch, or absent, for none
 * @param at when it was said
 * @param note for other people; empty if absent
 */
public record FetchInstruction(boolean stopped, Instant cancelledBefore, Instant at, String note)
    implements Event {
  /** Of the time before which nothing is given up. */
  public static final Instant NEVER = Instant.EPOCH;

  /** The longest note, in characters. */
  public static final int MAX_NOTE_LENGTH = 1_000;

  /**
   * @throws IllegalArgumentException if the time is missing or the note is too long
   */
  public FetchInstruction {
    cancelledBefore = Objects.requireNonNullElse(cancelledBefore, NEVER);
    note = Objects.requireNonNullElse(note, "");
    if (at == null) {
      throw new IllegalArgumentException("the field \"at\" is missing");
    }
    if (note.length() > MAX_NOTE_LENGTH) {
      throw new IllegalArgumentException(
          "a note has at most %s characters, this one has %s"
              .formatted(MAX_NOTE_LENGTH, note.length()));
    }
    Unicode.requireWellFormed("the note", note);
  }

  /** Whether it gives anything up. */
  public boolean cancels() {
    return cancelledBefore.isAfter(NEVER);
  }
}
