package io.twinstream.schema;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Locale;
import java.util.Objects;

/**
 * An image exists: what it is called, where its bytes are, and what the caller knows of it.
 *
 * @param collection the set within which duplicates are searched; {@code default} if absent
 * @param id the caller's name for the image, unique within its collection
 * @param source the address of its bytes, as the caller wrote it. It is judged when it is fetched,
 *     so that a bad address ends as a verdict with a reason
 * @param attributes the caller's own JSON object; empty if absent
 */
public record ImageMetadata(String collection, String id, String source, Attributes attributes)
    implements Event {
  /** The longest source that is accepted, in characters. */
  public static final int MAX_SOURCE_LENGTH = 8 * 1024;

  /**
   * The most that the headers of an event may have, in bytes of names and values. They go on to the
   * verdict, so that they have to fit beside it.
   */
  public static final int MAX_HEADER_BYTES = 16 * 1024;

  /**
   * @throws IllegalArgumentException if the id is missing, the key breaks the rules of {@link
   *     ImageKey}, the source is not well-formed Unicode, or the source or the attributes exceed
   *     their bounds
   */
  public ImageMetadata {
    if (id == null) {
      throw new IllegalArgumentException("the field \"id\" is missing");
    }
    collection = Objects.requireNonNullElse(collection, ImageKey.DEFAULT_COLLECTION);
    source = Objects.requireNonNullElse(source, "");
    attributes = Objects.requireNonNullElse(attributes, Attributes.NONE);
    new ImageKey(collection, id);
    if (source.length() > MAX_SOURCE_LENGTH) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a source has at most %,d characters, this one has %,d",
              MAX_SOURCE_LENGTH,
              source.length()));
    }
    Unicode.requireWellFormed("the source", source);
    int size = attributes.byteSize();
    if (size > Attributes.MAX_BYTES) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "attributes have at most %,d bytes, these have %,d",
              Attributes.MAX_BYTES,
              size));
    }
  }

  /** The image's key, which is also the record's key. */
  @JsonIgnore
  public ImageKey key() {
    return new ImageKey(collection, id);
  }
}
