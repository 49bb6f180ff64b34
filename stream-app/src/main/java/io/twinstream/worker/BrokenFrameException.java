package io.twinstream.worker;

import java.io.IOException;

/** What the other side says can't be understood. */
final class BrokenFrameException extends IOException {
  private static final long serialVersionUID = 1L;

  BrokenFrameException(String message) {
    super(message);
  }

  BrokenFrameException(String message, Throwable cause) {
    super(message, cause);
  }
}
