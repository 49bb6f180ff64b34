package io.twinstream.accuracy;

import java.nio.file.Path;
import java.util.List;

/** Where edited pictures come from. Implementations are safe under threads. */
public interface Edits {
  /** The names of edits, in the order of reports. */
  List<String> names();

  /**
   * Hands over all that was made of a photograph.
   *
   * @param photograph its path
   * @param file its content
   */
  void of(Path photograph, byte[] file, Taker taker);

  /** What is there and was made of no photograph, a line each. */
  List<String> unused();

  /** Takes what was made. */
  interface Taker {
    /** A file that was made by that edit. */
    void edited(String edit, byte[] file);

    /** There is none, for that reason, which may be the same for many. */
    void missing(String edit, String reason);
  }
}
