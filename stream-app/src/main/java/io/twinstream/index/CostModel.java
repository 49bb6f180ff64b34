package io.twinstream.index;

/**
 * What the steps of a search cost, in nanoseconds: probing is chosen where it costs less than
 * reading everything. Wrong figures cost time, never an answer.
 *
 * @param probe to find a bucket, which is seldom in a cache
 * @param entry to compare the few bits of an entry in a bucket
 * @param candidate to compare a whole code that lies anywhere
 * @param word to compare 64 bits of a code when all are read in a row
 */
record CostModel(double probe, double entry, double candidate, double word) {
  double ofProbing(Plan plan, long codes) {
    return plan.probes() * probe
        + codes * (plan.entries() * entry + plan.candidates() * candidate);
  }

  double ofScanning(int words, long codes) {
    return codes * words * word;
  }

  /** What a search has cost that did so much. */
  double of(long probes, long entries, long candidates) {
    return probes * probe + entries * entry + candidates * candidate;
  }
}
