package io.twinstream.schema;

/**
 * How a dead letter says why it is one. The record's key and value are those that could not be
 * read, cut where they are long; the rest stands in headers, named as in KIP-1034. Where a
 * connector could not make an event of a row or a file, {@link SourceHeaders} say which instead of
 * the topic.
 */
public final class DeadLetter {
  /** The class of the exception. */
  public static final String EXCEPTION = "__streams.errors.exception";

  /** What is wrong, in a sentence. */
  public static final String MESSAGE = "__streams.errors.message";

  /** The topic the record came from. */
  public static final String TOPIC = "__streams.errors.topic";

  /** The partition it came from, in decimal digits. */
  public static final String PARTITION = "__streams.errors.partition";

  /** The offset it came from, in decimal digits. */
  public static final String OFFSET = "__streams.errors.offset";

  /** The length of the whole value in bytes, where the value was cut. */
  public static final String ORIGINAL_LENGTH = "twinstream.original-length";

  /** How many bytes the record's own headers had, where they were left out for being too many. */
  public static final String HEADERS_LEFT_OUT = "twinstream.headers-left-out";

  /** The most that is kept of a key, and of a value, in bytes. */
  public static final int MAX_VALUE_BYTES = 16 * 1024;

  private DeadLetter() {}
}
