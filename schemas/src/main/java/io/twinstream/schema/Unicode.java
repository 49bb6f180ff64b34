package io.twinstream.schema;

import java.nio.charset.StandardCharsets;

/** What can be written as UTF-8, and so at all. */
final class Unicode {
  private Unicode() {}

  /**
   * Half a surrogate pair is legal in a Java string and, escaped, in JSON, but nothing can write
   * it.
   *
   * @param what the text's name, for the message
   * @throws IllegalArgumentException if the text holds half a surrogate pair
   */
  static void requireWellFormed(String what, String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException(
          what + " has half of a surrogate pair, which has no UTF-8 form");
    }
  }
}
