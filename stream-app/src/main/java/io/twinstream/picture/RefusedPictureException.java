package io.twinstream.picture;

import io.twinstream.schema.FailureReason;

/** A file is no picture that can be read; the message is one sentence for a person. */
public final class RefusedPictureException extends Exception {
  private static final long serialVersionUID = 1L;

  private final FailureReason reason;

  /**
   * A refusal.
   *
   * @param reason what the verdict is to say
   * @param message one sentence, without a full stop
   */
  public RefusedPictureException(FailureReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  RefusedPictureException(FailureReason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  static RefusedPictureException corrupt(String message) {
    return new RefusedPictureException(FailureReason.CORRUPT, message);
  }

  /** What the verdict is to say. */
  public FailureReason reason() {
    return reason;
  }
}
