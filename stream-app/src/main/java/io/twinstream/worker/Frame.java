package io.twinstream.worker;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** One message between a pool and a worker. */
final class Frame {
  private final Kind kind;
  private final long id;
  private final byte[] payload;

  /** The array is not copied. */
  Frame(Kind kind, long id, byte[] payload) {
    this.kind = kind;
    this.id = id;
    this.payload = payload;
  }

  /** What it says, and what its payload is. */
  enum Kind {
    /** To a worker, first of all: how fingerprints are made. */
    SETTINGS('S'),
    /** From a worker: it waits for pictures. A text that a person should see, or none. */
    READY('R'),
    /** From a worker that ends now: why it can't work, as text. */
    UNABLE('U'),
    /** To a worker: a whole file. */
    PICTURE('P'),
    /** From a worker: the outcome of the picture with the same id. */
    OUTCOME('O'),
    /** From a worker: a mistake in the program, not in the picture of that id; a stack trace. */
    MISTAKE('M');

    private final byte code;

    Kind(char code) {
      this.code = (byte) code;
    }

    /** As it is sent. */
    byte code() {
      return code;
    }

    /** Empty if none has this code. */
    static Optional<Kind> of(byte code) {
      return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst();
    }
  }

  static Frame text(Kind kind, long id, String text) {
    return new Frame(kind, id, text.getBytes(StandardCharsets.UTF_8));
  }

  Kind kind() {
    return kind;
  }

  /** Of the picture that it is about, 0 if it is about none. */
  long id() {
    return id;
  }

  byte[] payload() {
    return payload;
  }

  String text() {
    return new String(payload, StandardCharsets.UTF_8);
  }
}
