package io.twinstream.fingerprint;

import io.twinstream.schema.FailureReason;

/** A file is no picture that can be read; the message is one sentence for a person. */
final class RefusedPictureException extends Exception {
  private static final long serialVersionUID = 1L;

  private final FailureReason reason;

  RefusedPictureException(FailureReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  RefusedPictureException(FailureReason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  FailureReason reason() {
    return reason;
  }
}
