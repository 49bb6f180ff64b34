package io.twinstream.standalone.engine;

/** What was asked for can't be done as asked; the message says what to ask for instead. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RefusedException(String message) {
    super(message);
  }
}
