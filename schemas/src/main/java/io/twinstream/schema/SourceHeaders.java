package io.twinstream.schema;

/**
 * Headers that a connector gives an {@code image-metadata} record, and a dead letter, so that a
 * report can have one row an input row or file. They are carried to the verdict like any header. An
 * event that is sent once more keeps them.
 */
public final class SourceHeaders {
  /** The source's name (UTF-8). */
  public static final String SOURCE = "twinstream.source";

  /** The place within the source (UTF-8): a row number from 1, or a path relative to the folder. */
  public static final String PLACE = "twinstream.place";

  /**
   * The line of a text file at which a row that became a dead letter begins, from 1 (UTF-8, in
   * decimal digits). It is another number than the row's where there are empty lines, or rows of
   * many lines.
   */
  public static final String LINE = "twinstream.line";

  /** Of an event that is sent once more: the id of the event that failed (UTF-8). */
  public static final String RETRY_OF = "twinstream.retry-of";

  /** Of an event that was a dead letter before: where that stands, as an event id is (UTF-8). */
  public static final String DEAD_LETTER = "twinstream.dead-letter";

  private SourceHeaders() {}
}
