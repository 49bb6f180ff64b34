package io.twinstream.catalog.report;

import io.twinstream.catalog.ImageRow;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.Match;
import io.twinstream.schema.Verdict;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What became of the images that verdicts name as originals or matches. */
final class Originals {
  private final Map<ImageKey, ImageRow> images = new HashMap<>();

  /** How an original stands today. */
  enum State {
    /** With the picture that the duplicate was compared with. */
    PRESENT,
    /** Another picture was handed in under its id. */
    REPLACED,
    /** It was removed. */
    REMOVED;

    /** The name in reports, lower case. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Among the given images, each with what it stands with. */
  Originals(Collection<ImageRow> images) {
    images.forEach(row -> this.images.put(row.image().key(), row));
  }

  /** The image that was matched, if it is there with the picture that was compared. */
  Optional<ImageRow> present(String collection, Match match) {
    return Optional.ofNullable(images.get(new ImageKey(collection, match.id())))
        .filter(row -> position(row).equals(OptionalLong.of(match.position())));
  }

  /** The first match of a verdict that is there with the picture that was compared. */
  Optional<Match> firstPresent(Verdict.DuplicateFound verdict) {
    String collection = verdict.image().collection();
    return verdict.matches().stream()
        .filter(match -> present(collection, match).isPresent())
        .findFirst();
  }

  /** How the image that was matched stands. */
  State state(String collection, Match match) {
    if (present(collection, match).isPresent()) {
      return State.PRESENT;
    }
    return images.containsKey(new ImageKey(collection, match.id()))
        ? State.REPLACED
        : State.REMOVED;
  }

  private static OptionalLong position(ImageRow row) {
    return switch (row.verdict()) {
      case Verdict.Unique verdict -> OptionalLong.of(verdict.position());
      case Verdict.DuplicateFound verdict -> OptionalLong.of(verdict.position());
      case Verdict.DownloadFailed verdict -> OptionalLong.empty();
      case null -> OptionalLong.empty();
    };
  }
}
