package io.twinstream.fetch;

import java.net.ProtocolException;

/**
 * A status that OkHttp would act upon by itself: it repeats a request after 408, and after 503 with
 * a {@code Retry-After} of 0, which it reads as an {@code int} whatever its length; and it takes
 * 407 for a mistake. When to ask again is decided elsewhere.
 */
final class AnsweredException extends ProtocolException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String retryAfter;

  /**
   * What was answered.
   *
   * @param retryAfter null if there was none
   */
  AnsweredException(int status, String retryAfter) {
    super("the server answered " + status);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  int status() {
    return status;
  }

  /** The header, null if there was none. */
  String retryAfter() {
    return retryAfter;
  }
}
