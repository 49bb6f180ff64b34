package io.twinstream.schema;

/**
 * Headers that a connector gives an {@code image-metadata} record, and a dead letter, so that a
 * report can have one row an input row or file. They are carried to the verdict like any header.
 */
public final class SourceHeaders {
  /** The source's name (UTF-8). */
  public static final String SOURCE = "twinstream.source";

  /** The place within the source (UTF-8): a row number from 1, or a path relative to the folder. */
  public static final String PLACE = "twinstream.place";

  private SourceHeaders() {}
}
