package io.twinstream.schema.serde;

import io.twinstream.schema.ImageKey;
import io.twinstream.schema.ImageMetadata;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Utils;

/**
 * A record of {@code image-metadata} that can be read.
 *
 * @param key of the image
 * @param image empty if it is removed
 */
public record ImageEvent(ImageKey key, Optional<ImageMetadata> image) {
  private static final EventCodec<ImageMetadata> IMAGE = EventCodec.json(ImageMetadata.class);

  /**
   * Reads one.
   *
   * @throws UnreadableEventException if it is no event, or larger than one may be
   */
  public static ImageEvent read(byte[] key, byte[] value, Headers headers) {
    ImageKey named = ImageKeySerde.read(key);
    ImageMetadata image = IMAGE.read(value);
    if (image != null && !image.key().equals(named)) {
      throw new UnreadableEventException(
          "the record's key is %s but its value is of %s".formatted(named, image.key()));
    }
    int headerBytes = size(headers);
    if (headerBytes > ImageMetadata.MAX_HEADER_BYTES) {
      throw new UnreadableEventException(
          String.format(
              Locale.ROOT,
              "the headers have %,d bytes, at most %,d are carried on",
              headerBytes,
              ImageMetadata.MAX_HEADER_BYTES));
    }
    return new ImageEvent(named, Optional.ofNullable(image));
  }

  /** How many bytes of names and values headers have. */
  public static int size(Headers headers) {
    int size = 0;
    for (Header header : headers) {
      size += Utils.utf8Length(header.key()) + (header.value() == null ? 0 : header.value().length);
    }
    return size;
  }
}
