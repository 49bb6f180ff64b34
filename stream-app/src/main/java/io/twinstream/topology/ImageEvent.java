package io.twinstream.topology;

import io.twinstream.schema.ImageKey;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.serde.ImageKeySerde;
import io.twinstream.schema.serde.UnreadableEventException;
import java.util.Locale;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Utils;

/**
 * What a record of {@code image-metadata} says.
 *
 * @param key the image that it is about
 * @param image null if it is removed
 */
public record ImageEvent(ImageKey key, ImageMetadata image) {
  private static final EventCodec<ImageMetadata> IMAGE = EventCodec.json(ImageMetadata.class);

  /**
   * Reads one as the app does.
   *
   * @throws UnreadableEventException if it is no event; the app makes a dead letter of it
   */
  public static ImageEvent read(byte[] recordKey, byte[] value, Headers headers) {
    ImageKey key = ImageKeySerde.read(recordKey);
    ImageMetadata image = IMAGE.read(value);
    if (image != null && !image.key().equals(key)) {
      throw new UnreadableEventException(
          "the record's key is %s but its value is of %s".formatted(key, image.key()));
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
    return new ImageEvent(key, image);
  }

  /** Names and values together, in bytes. */
  static int size(Headers headers) {
    int size = 0;
    for (Header header : headers) {
      size += Utils.utf8Length(header.key()) + (header.value() == null ? 0 : header.value().length);
    }
    return size;
  }
}
