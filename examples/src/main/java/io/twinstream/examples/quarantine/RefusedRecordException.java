package io.twinstream.examples.quarantine;

/** A record that says nothing usable, today or at another try; the message says why. */
public final class RefusedRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  public RefusedRecordException(String message) {
    super(message);
  }

  public RefusedRecordException(String message, Throwable cause) {
    super(message, cause);
  }
}
