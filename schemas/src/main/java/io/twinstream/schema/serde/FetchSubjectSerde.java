package io.twinstream.schema.serde;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinstream.schema.FetchSubject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** {@link FetchSubject} as the UTF-8 of its text. */
public final class FetchSubjectSerde {
  private FetchSubjectSerde() {}

  /** The key as bytes. */
  public static byte[] write(FetchSubject subject) {
    return subject.toString().getBytes(UTF_8);
  }

  /**
   * The bytes as a key.
   *
   * @throws UnreadableEventException if they are null, no UTF-8, or no key
   */
  public static FetchSubject read(byte[] bytes) {
    if (bytes == null) {
      throw new UnreadableEventException("the record has no key; it must be host/… or image/…");
    }
    try {
      return FetchSubject.parse(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw new UnreadableEventException("the record's key is not UTF-8", e);
    } catch (IllegalArgumentException e) {
      throw new UnreadableEventException("the record's key: " + e.getMessage(), e);
    }
  }
}
