package io.twinstream.index;

/** What searches have done. */
final class Counters {
  long searches;
  long scans;
  long probes;
  long entries;
  long candidates;
}
