package io.twinstream.schema;

import java.util.Arrays;

/**
 * A small picture of a picture: a JPEG file, upright, on white. It is a value of {@code
 * image-thumbnails}, as it is. Immutable.
 */
public final class Thumbnail {
  /** Pixels of its longer side, unless the picture itself has fewer. */
  public static final int SIDE = 320;

  /** The most bytes that it has. */
  public static final int MAX_BYTES = 50_000;

  /** The header that says what it was made of: the SHA-256 of the picture's bytes (UTF-8). */
  public static final String OF_HEADER = "twinstream.thumbnail-of";

  /** Stands for one that was not asked for. */
  public static final Thumbnail NONE = new Thumbnail(new byte[0]);

  private final byte[] jpeg;

  private Thumbnail(byte[] jpeg) {
    this.jpeg = jpeg;
  }

  /**
   * One with these bytes, which are copied. No bytes are {@link #NONE}.
   *
   * @throws IllegalArgumentException if they are too many
   */
  public static Thumbnail of(byte[] jpeg) {
    if (jpeg.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a thumbnail has at most %s bytes, not %s".formatted(MAX_BYTES, jpeg.length));
    }
    return jpeg.length == 0 ? NONE : new Thumbnail(jpeg.clone());
  }

  /** Whether there is none. */
  public boolean isNone() {
    return jpeg.length == 0;
  }

  /** A copy of the file's bytes; empty if there is none. */
  public byte[] toBytes() {
    return jpeg.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Thumbnail that && Arrays.equals(jpeg, that.jpeg);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(jpeg);
  }

  @Override
  public String toString() {
    return isNone() ? "no thumbnail" : "a thumbnail of %s bytes".formatted(jpeg.length);
  }
}
