package io.twinstream.ingest;

import io.twinstream.schema.ImageMetadata;

/** What one step through a source came upon. */
public sealed interface Finding {
  /**
   * An image that is to be published.
   *
   * @param image the event
   * @param place where in the source it stands: a row number from 1, or a relative path
   * @param bookmark kept once the event is published
   */
  record Image(ImageMetadata image, String place, Bookmark bookmark) implements Finding {}

  /**
   * Something that can't become an event.
   *
   * @param excerpt what it is
   * @param place where in the source it stands
   * @param line at which line of a text it begins, from 1; 0 if the source has no lines
   * @param problem why not
   * @param bookmark kept once the dead letter is written
   */
  record Refused(Excerpt excerpt, String place, long line, Problem problem, Bookmark bookmark)
      implements Finding {
    /** The place in words, for a person who looks for it. */
    public String whereabouts() {
      return line == 0 ? place : "row %s, line %d".formatted(place, line);
    }
  }

  /**
   * Nothing that has to be written: it was skipped, is known from an earlier run, or is unfinished.
   */
  record Nothing() implements Finding {}

  /** The only one that is needed. */
  Finding NOTHING = new Nothing();
}
