package io.twinstream.standalone.replay.diff;

import io.twinstream.schema.ImageKey;
import io.twinstream.standalone.replay.diff.Outcome.Duplicate;
import io.twinstream.standalone.replay.diff.Outcome.Unique;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An image that two runs judge differently.
 *
 * @param source where its picture is, as its sender wrote it
 */
public record Change(Kind kind, ImageKey image, String source, Outcome a, Outcome b) {
  /** By kind; of each first those that are most in doubt, then by name. */
  static final Comparator<Change> ORDER =
      Comparator.comparing((Change change) -> change.kind)
          .thenComparingInt(Change::certainty)
          .thenComparing(change -> change.image().collection())
          .thenComparing(change -> change.image().id());

  /** In what way. */
  public enum Kind {
    /** Unique in the first run, a duplicate in the second. */
    NEW_DUPLICATE("new-duplicate", "new duplicates"),
    /** A duplicate in the first run, unique in the second. */
    NO_LONGER_DUPLICATE("no-longer-duplicate", "no longer duplicates"),
    /** A duplicate in both, of different images. */
    OTHER_ORIGINAL("other-original", "other original");

    private final String name;
    private final String title;

    Kind(String name, String title) {
      this.name = name;
      this.title = title;
    }

    /** What those of it are called, for a person. */
    public String title() {
      return title;
    }

    /** Likewise, as a heading. */
    public String heading() {
      return title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1);
    }

    /** The name for programs. */
    @Override
    public String toString() {
      return name;
    }
  }

  /** That of an image, if there is one. */
  static Optional<Kind> kindOf(Outcome a, Outcome b) {
    return switch (a) {
      case Unique _ ->
          switch (b) {
            case Unique _ -> Optional.empty();
            case Duplicate _ -> Optional.of(Kind.NEW_DUPLICATE);
          };
      case Duplicate one ->
          switch (b) {
            case Unique _ -> Optional.of(Kind.NO_LONGER_DUPLICATE);
            case Duplicate other ->
                one.original().equals(other.original())
                    ? Optional.empty()
                    : Optional.of(Kind.OTHER_ORIGINAL);
          };
    };
  }

  /** Whether it has another picture in one of the runs, so that it is no wonder. */
  public boolean isReplaced() {
    return a.position() != b.position();
  }

  /** How far it is from the original that makes the difference: of two that of the second run. */
  public int distance() {
    return deciding().distance();
  }

  /** A far original that has come to it is in doubt, and so is the loss of a near one. */
  private int certainty() {
    return kind == Kind.NO_LONGER_DUPLICATE ? distance() : -distance();
  }

  /** The original that makes the difference: of two that of the second run. */
  ImageKey decidingOriginal() {
    return original(deciding());
  }

  private Duplicate deciding() {
    return Stream.of(b, a)
        .filter(Duplicate.class::isInstance)
        .map(Duplicate.class::cast)
        .findFirst()
        .orElseThrow();
  }

  /** The originals, that of the first run first. */
  Stream<ImageKey> originals() {
    return Stream.of(a, b)
        .filter(Duplicate.class::isInstance)
        .map(outcome -> original((Duplicate) outcome));
  }

  /** That of one of the outcomes. */
  ImageKey original(Duplicate outcome) {
    return new ImageKey(image.collection(), outcome.original());
  }
}
