package io.twinstream.standalone.operate;

import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which dead letters.
 *
 * @param reason what their reason or the class of their exception contains, whatever the case
 * @param since when they were written, at the earliest
 * @param places those that stand there; empty: wherever they stand
 */
public record LetterChoice(String reason, Instant since, Set<LetterPlace> places)
    implements Predicate<Letter> {
  /** All. */
  public static final LetterChoice ALL = new LetterChoice("", Instant.EPOCH, Set.of());

  public LetterChoice {
    places = Set.copyOf(places);
  }

  @Override
  public boolean test(Letter letter) {
    return (places.isEmpty() || places.contains(letter.place()))
        && !letter.writtenAt().isBefore(since)
        && (contains(letter.reason()) || contains(letter.exception()));
  }

  private boolean contains(String text) {
    return text.toLowerCase(Locale.ROOT).contains(reason.toLowerCase(Locale.ROOT));
  }
}
