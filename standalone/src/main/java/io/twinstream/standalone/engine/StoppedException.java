package io.twinstream.standalone.engine;

/** What was asked to stop did. */
public final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoppedException() {
    super("Stopped. The same command goes on where this one was.");
  }
}
