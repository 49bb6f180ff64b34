package io.twinstream.schema.serde;

import io.twinstream.schema.ImageKey;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** {@link ImageKey} as the UTF-8 of its text. */
public final class ImageKeySerde {
  private ImageKeySerde() {}

  /** For Kafka; stateless. */
  public static Serde<ImageKey> serde() {
    return Serdes.serdeFrom((topic, key) -> write(key), (topic, bytes) -> read(bytes));
  }

  /** The key as bytes. */
  public static byte[] write(ImageKey key) {
    return key.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The bytes as a key.
   *
   * @throws UnreadableEventException if they are null, no UTF-8, or no key
   */
  public static ImageKey read(byte[] bytes) {
    if (bytes == null) {
      throw new UnreadableEventException("the record has no key; it must be collection/id");
    }
    try {
      return ImageKey.parse(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw new UnreadableEventException("the record's key is not UTF-8", e);
    } catch (IllegalArgumentException e) {
      throw new UnreadableEventException("the record's key: " + e.getMessage(), e);
    }
  }
}
