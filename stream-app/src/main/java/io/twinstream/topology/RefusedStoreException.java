package io.twinstream.topology;

/**
 * What is stored can't be used by this instance as it was started, however often it is tried. The
 * message says what to change.
 */
public final class RefusedStoreException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  RefusedStoreException(String message) {
    super(message);
  }
}
