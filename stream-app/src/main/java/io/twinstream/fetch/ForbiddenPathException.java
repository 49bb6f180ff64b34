package io.twinstream.fetch;

import java.io.IOException;

/** A path that may not be read; the message says why. */
final class ForbiddenPathException extends IOException {
  private static final long serialVersionUID = 1L;

  ForbiddenPathException(String message) {
    super(message);
  }
}
