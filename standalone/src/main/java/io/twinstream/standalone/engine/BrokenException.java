package io.twinstream.standalone.engine;

/** The engine can't do its work; the message says what a person can change. */
public final class BrokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BrokenException(String message) {
    super(message);
  }

  public BrokenException(String message, Throwable cause) {
    super(message, cause);
  }
}
