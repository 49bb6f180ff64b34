package io.twinstream.topology;

import io.twinstream.match.Lookup;
import io.twinstream.schema.BinaryCode;
import org.apache.kafka.streams.query.Query;

/**
 * What can be asked of the index of a partition while it is at work, by an interactive query
 * (KIP-796) of the store {@value #STORE}. The answer may know of what is not committed yet.
 *
 * @param <R> the answer
 */
public sealed interface IndexQuery<R> extends Query<R> {
  /** The store that is asked. */
  String STORE = RocksDbFingerprintStore.FINGERPRINTS;

  /** How the index is. */
  record Status() implements IndexQuery<IndexStatus> {}

  /**
   * What is near a hash; empty if the collection is on another partition, or nowhere.
   *
   * @param radius in bits, or {@link Lookup#AS_MATCHED}
   * @param limit how many are listed at most
   */
  record LookUp(String collection, BinaryCode code, int radius, int limit)
      implements IndexQuery<Lookup> {}
}
