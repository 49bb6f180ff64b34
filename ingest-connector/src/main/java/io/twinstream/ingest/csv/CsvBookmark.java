package io.twinstream.ingest.csv;

import io.twinstream.ingest.Bookmark;
import io.twinstream.ingest.Submitted;
import io.twinstream.ingest.Tally;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How far a file has been told.
 *
 * @param told the place up to which rows were told
 * @param firm the last place before which no row changes if the file grows; the same as {@code
 *     told}, unless rows were told that only the end of the file ended
 */
record CsvBookmark(CsvPlace told, CsvPlace firm) {
  private static final String ROW = "row";
  private static final String BYTES = "bytes";
  private static final String CRC = "crc";
  private static final String PUBLISHED = "published";
  private static final String UNREADABLE = "unreadable";

  private static final List<String> NAMES = List.of(ROW, BYTES, CRC, PUBLISHED, UNREADABLE);

  /** Before the names of what is kept of the firm place, where it is another. */
  private static final String FIRM = "firm.";

  /** Of a place that is firm itself. */
  static CsvBookmark firm(CsvPlace place) {
    return new CsvBookmark(place, place);
  }

  /** Whether nothing that was told changes if the file grows. */
  boolean isFirm() {
    return told.equals(firm);
  }

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
    return place("", offset).map(told -> new CsvBookmark(told, place(FIRM, offset).orElse(told)));
  }

  private static Optional<CsvPlace> place(String prefix, Map<String, ?> offset) {
    if (offset != null
        && offset.get(prefix + ROW) instanceof Number row
        && offset.get(prefix + BYTES) instanceof Number bytes
        && offset.get(prefix + CRC) instanceof Number crc
        && offset.get(prefix + PUBLISHED) instanceof Number published
        && offset.get(prefix + UNREADABLE) instanceof Number unreadable) {
      return Optional.of(
          new CsvPlace(
              row.longValue(),
              bytes.longValue(),
              crc.longValue(),
              new Tally(published.longValue(), 0, unreadable.longValue())));
    }
    return Optional.empty();
  }

  /**
   * Looks at something that {@link #read} is to read.
   *
   * @throws IllegalArgumentException if {@link #of} writes nothing like it
   */
  static void check(Submitted offset) {
    List<String> prefixes = offset.has(FIRM + ROW) ? List.of("", FIRM) : List.of("");
    offset.requireKeys(
        prefixes.stream()
            .flatMap(prefix -> NAMES.stream().map(prefix::concat))
            .collect(Collectors.toSet()));
    for (String prefix : prefixes) {
      for (String name : NAMES) {
        offset.requireWhole(prefix + name, 0, name.equals(CRC) ? 0xFFFFFFFFL : Long.MAX_VALUE);
      }
    }
  }

  /** What Connect is to keep. */
  Bookmark of(String source) {
    Map<String, Object> offset = new HashMap<>();
    put(offset, "", told);
    if (!isFirm()) {
      put(offset, FIRM, firm);
    }
    return new Bookmark(partition(source), offset);
  }

  private static void put(Map<String, Object> offset, String prefix, CsvPlace place) {
    offset.put(prefix + ROW, place.row());
    offset.put(prefix + BYTES, place.bytes());
    offset.put(prefix + CRC, place.crc());
    offset.put(prefix + PUBLISHED, place.tally().published());
    offset.put(prefix + UNREADABLE, place.tally().unreadable());
  }
}
