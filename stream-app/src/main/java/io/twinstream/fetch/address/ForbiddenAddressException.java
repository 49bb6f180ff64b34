package io.twinstream.fetch.address;

import java.io.IOException;

/** A host, an address or a port that may not be connected to; the message says which and why. */
public final class ForbiddenAddressException extends IOException {
  private static final long serialVersionUID = 1L;

  ForbiddenAddressException(String message) {
    super(message);
  }
}
