package io.twinstream.fetch;

import java.io.IOException;

/**
 * A path that may not be read. The message says why, without the path: whoever wrote it knows it,
 * and where it leads is nobody's business.
 */
final class ForbiddenPathException extends IOException {
  private static final long serialVersionUID = 1L;

  ForbiddenPathException(String message) {
    super(message);
  }
}
