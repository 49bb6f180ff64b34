package io.twinstream.schema;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Names an image: its collection and its id within it. As a record key it is written {@code
 * collection/id} in UTF-8, where {@code %} and {@code /} of the collection (and only of the
 * collection) are escaped as {@code %25} and {@code %2F}. So the first slash always parts the two,
 * and ids that are paths stay readable.
 *
 * @param collection the set within which duplicates are searched; not empty
 * @param id the caller's name for the image; not empty
 */
public record ImageKey(String collection, String id) {
  /** The collection of images whose sender named none. */
  public static final String DEFAULT_COLLECTION = "default";

  /** The longest encoded key, in bytes. */
  public static final int MAX_BYTES = 1024;

  /**
   * @throws IllegalArgumentException if a part is empty, is not well-formed Unicode, or the encoded
   *     key is longer than {@value #MAX_BYTES} bytes
   */
  public ImageKey {
    if (collection.isEmpty()) {
      throw new IllegalArgumentException("the collection of an image must not be empty");
    }
    if (id.isEmpty()) {
      throw new IllegalArgumentException("the id of an image must not be empty");
    }
    int length = utf8(escape(collection)).remaining() + 1 + utf8(id).remaining();
    if (length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "the key of an image has at most %s bytes, this one has %s".formatted(MAX_BYTES, length));
    }
  }

  /**
   * Reads the form that {@link #toString()} writes.
   *
   * @throws IllegalArgumentException if the text has no slash or a part breaks the rules
   */
  public static ImageKey parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("not a key of the form collection/id: " + text);
    }
    ImageKey key = new ImageKey(unescape(text.substring(0, slash)), text.substring(slash + 1));
    if (!key.toString().equals(text)) {
      // One image must have one key, or it would land on two partitions.
      throw new IllegalArgumentException(
          "only percent signs and slashes of the collection are escaped in a key");
    }
    return key;
  }

  private static String escape(String collection) {
    return collection.replace("%", "%25").replace("/", "%2F");
  }

  private static String unescape(String collection) {
    return collection.replace("%2F", "/").replace("%25", "%");
  }

  private static ByteBuffer utf8(String text) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "a collection or an id has a half of a surrogate pair, which has no UTF-8 form", e);
    }
  }

  /** The record key: {@code collection/id}, the collection escaped. */
  @Override
  public String toString() {
    return escape(collection) + "/" + id;
  }
}
