package io.twinstream.standalone.scan;

/** A scan was asked to stop and did. */
public final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoppedException() {
    super("Stopped. The same command goes on where this one was.");
  }
}
