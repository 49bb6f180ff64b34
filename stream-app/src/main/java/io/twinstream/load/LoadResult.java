package io.twinstream.load;

import io.twinstream.fetch.FetchOutcome;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.Thumbnail;

/** What became of an image. */
public sealed interface LoadResult {
  /**
   * It was fetched and fingerprinted.
   *
   * @param thumbnail {@link Thumbnail#NONE} unless it was asked for
   */
  record Loaded(Fingerprint fingerprint, Thumbnail thumbnail) implements LoadResult {}

  /** It is at another host, which is to be asked in its turn. */
  record Moved(FetchOutcome.Moved move) implements LoadResult {}

  /** This process had no room for it; it is to be asked for again a little later. */
  record NotTried() implements LoadResult {}

  /** It could not be fetched, or is no picture that can be read. */
  record Failed(FetchOutcome.Failed failure) implements LoadResult {}
}
