package io.twinstream.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** One way through a source, from its start to its end, in an order that does not change. */
public interface Pass extends Closeable {
  /**
   * Goes on by a step of bounded work.
   *
   * @return empty at the end of the source
   * @throws IOException if the source as a whole can't be read on
   * @throws UnusableSourceException if something else has taken the source's place that can't be
   *     read, which may be for now only: it is the next pass's to try
   */
  Optional<Finding> next() throws IOException;

  /** What has been counted up to here. */
  Tally tally();

  /** What a later run has to know of this pass as a whole. */
  Bookmark bookmark();
}
