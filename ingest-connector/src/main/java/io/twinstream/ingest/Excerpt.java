package io.twinstream.ingest;

import io.twinstream.schema.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The start of what could not become an event, as much of it as a dead letter keeps, and how long
 * the whole was.
 */
public final class Excerpt {
  private final byte[] bytes;
  private final long length;

  private Excerpt(byte[] bytes, long length) {
    this.bytes = bytes;
    this.length = length;
  }

  /**
   * Of a whole that is too long to be at hand.
   *
   * @param start its first bytes, of which {@link DeadLetter#MAX_VALUE_BYTES} are kept at most
   * @param length its length in bytes
   */
  public static Excerpt of(byte[] start, long length) {
    return new Excerpt(
        Arrays.copyOf(start, Math.min(start.length, DeadLetter.MAX_VALUE_BYTES)), length);
  }

  /** Of the given bytes. */
  public static Excerpt of(byte[] whole) {
    return of(whole, whole.length);
  }

  /** Of the UTF-8 of a text. */
  public static Excerpt of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What is kept; a copy. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The length of the whole, in bytes. */
  public long length() {
    return length;
  }

  /** Whether the whole was longer than what is kept. */
  public boolean isCut() {
    return length > bytes.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Excerpt that
        && length == that.length
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(bytes) + Long.hashCode(length);
  }

  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
