package io.twinstream.ingest;

import java.io.IOException;

/** Something with images in it that can be read again and again. Used by one thread at a time. */
public interface ImageSource {
  /**
   * Begins to read it. What an earlier pass or an earlier run has told is not told again.
   *
   * @throws IOException if it can't be read now
   * @throws UnusableSourceException if there is nothing that could be read as configured
   */
  Pass open() throws IOException;
}
