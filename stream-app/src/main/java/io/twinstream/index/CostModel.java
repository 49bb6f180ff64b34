package io.twinstream.index;

/**
 * What the steps of a search cost, in nanoseconds: probing is chosen where it costs less than
 * reading everything. Wrong figures cost time, never an answer.
 *
 * @param probe to find a bucket, which is seldom in a cache
 * @param entry to compare the few bits of an entry in a bucket
 * @param candidate to compare a whole code that lies anywhere
 * @param word to compare 64 bits of a code when all are read in a row
 * @param read to bring these from memory, once for all codes of a batch
 */
record CostModel(double probe, double entry, double candidate, double word, double read) {
  // Less than this stays in a cache from one search to the next.
  private static final long CACHED_WORDS = 1 << 20;

  /** Of one code by its plan. */
  double ofProbing(Plan plan, long codes) {
    return plan.probes() * probe + codes * (plan.entries() * entry + plan.candidates() * candidate);
  }

  /** Of one code, with others in a batch. */
  double ofScanning(int words, long codes, int batch) {
    long all = codes * words;
    return (double) all * (all > CACHED_WORDS ? word + read / batch : word);
  }

  /** Of what was found in buckets so far. */
  double ofFound(long entries, int candidates) {
    return (double) entries * entry + candidates * candidate;
  }
}
