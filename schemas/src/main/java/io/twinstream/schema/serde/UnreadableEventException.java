package io.twinstream.schema.serde;

import org.apache.kafka.common.errors.SerializationException;

/** Bytes that are no event; the message says what is wrong with them, for their sender. */
public final class UnreadableEventException extends SerializationException {
  private static final long serialVersionUID = 1L;

  public UnreadableEventException(String message) {
    super(message);
  }

  public UnreadableEventException(String message, Throwable cause) {
    super(message, cause);
  }
}
