package io.twinstream.ingest;

/**
 * Why something can't become an event.
 *
 * @param message a sentence for a person
 * @param exception the class of the exception that said so; empty where none did
 */
public record Problem(String message, String exception) {
  /** Found without an exception. */
  public static Problem of(String message) {
    return new Problem(message, "");
  }

  /** Told by an exception whose own message is a sentence. */
  public static Problem of(RuntimeException exception) {
    return of(exception.getMessage(), exception);
  }

  /** Told by an exception whose message needs saying in other words. */
  public static Problem of(String message, Exception exception) {
    return new Problem(message, exception.getClass().getName());
  }
}
