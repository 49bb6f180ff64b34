package io.twinstream.ingest.csv;

import io.twinstream.ingest.Bookmark;
import io.twinstream.ingest.Tally;
import java.util.Map;
import java.util.Optional;

/**
 * How far a file has been told.
 *
 * @param row the last row told; 0 for the header
 * @param bytes how many bytes of the file end where that row ends
 * @param crc the CRC-32C of these bytes, which tells a file that has grown from one that was
 *     rewritten
 * @param tally what has been counted up to there
 */
record CsvBookmark(long row, long bytes, long crc, Tally tally) {
  private static final String ROW = "row";
  private static final String BYTES = "bytes";
  private static final String CRC = "crc";
  private static final String PUBLISHED = "published";
  private static final String UNREADABLE = "unreadable";

  /** Where Connect keeps it. */
  static Map<String, String> partition(String source) {
    return Map.of(Bookmark.SOURCE, source);
  }

  /**
   * Reads what {@link #of} has written.
   *
   * @param offset may be null
   * @return empty if it is null or nothing that was written here
   */
  static Optional<CsvBookmark> read(Map<String, ?> offset) {
    if (offset != null
        && offset.get(ROW) instanceof Number row
        && offset.get(BYTES) instanceof Number bytes
        && offset.get(CRC) instanceof Number crc
        && offset.get(PUBLISHED) instanceof Number published
        && offset.get(UNREADABLE) instanceof Number unreadable) {
      return Optional.of(
          new CsvBookmark(
              row.longValue(),
              bytes.longValue(),
              crc.longValue(),
              new Tally(published.longValue(), 0, unreadable.longValue())));
    }
    return Optional.empty();
  }

  /** What Connect is to keep. */
  Bookmark of(String source) {
    return new Bookmark(
        partition(source),
        Map.of(
            ROW, row,
            BYTES, bytes,
            CRC, crc,
            PUBLISHED, tally.published(),
            UNREADABLE, tally.unreadable()));
  }
}
