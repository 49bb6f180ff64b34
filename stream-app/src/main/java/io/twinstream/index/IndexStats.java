package io.twinstream.index;

/**
 * What is in an index and what it has done since it was made.
 *
 * @param size codes, equal ones counted as often as they are there
 * @param codes different codes
 * @param shared codes that more than {@value #HOT} positions share
 * @param bytes memory in use, less what a fixed number of small objects takes
 * @param layout in words for people
 * @param searches codes that were looked for
 * @param scans of these, those that read every code
 * @param probes buckets that were looked into
 * @param entries what lay in these buckets
 * @param candidates entries that were compared with the whole code
 */
public record IndexStats(
    long size,
    long codes,
    long shared,
    long bytes,
    String layout,
    long searches,
    long scans,
    long probes,
    long entries,
    long candidates) {
  /** As many images may share a code before it counts as shared by very many. */
  public static final int HOT = 50;

  /** Of nothing. */
  public static final IndexStats NONE = new IndexStats(0, 0, 0, 0, "", 0, 0, 0, 0, 0);

  /** Of two indexes; the layout is that of the larger one. */
  public IndexStats plus(IndexStats other) {
    return new IndexStats(
        size + other.size,
        codes + other.codes,
        shared + other.shared,
        bytes + other.bytes,
        size < other.size || layout.isEmpty() ? other.layout : layout,
        searches + other.searches,
        scans + other.scans,
        probes + other.probes,
        entries + other.entries,
        candidates + other.candidates);
  }
}
