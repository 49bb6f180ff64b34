package io.twinstream.ingest.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import io.twinstream.ingest.Bookmark;
import io.twinstream.ingest.Excerpt;
import io.twinstream.ingest.Finding;
import io.twinstream.ingest.Pass;
import io.twinstream.ingest.Problem;
import io.twinstream.ingest.Tally;
import io.twinstream.schema.ImageMetadata;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One way through a CSV file. With a bookmark it first reads again what was told, and only if those
 * bytes are the same, and a row ends where one ended, does it go on from there; otherwise the file
 * was rewritten and is told from its first row.
 */
final class CsvPass implements Pass {
  private static final Logger LOG = LoggerFactory.getLogger(CsvPass.class);

  private final CsvSource source;
  private CsvFile file;
  private CsvImages images;
  private CsvBookmark place;

  /** Where to catch up with; null once that is done. */
  private CsvBookmark goal;

  CsvPass(CsvSource source, Optional<CsvBookmark> told) throws IOException {
    this.source = source;
    begin();
    this.goal = told.orElse(null);
    if (goal != null) {
      catchUp(CsvSplitter.Found.RECORD);
    }
  }

  private void begin() throws IOException {
    file = source.openFile();
    try {
      images = source.images(file);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
    place = new CsvBookmark(0, file.rows().position(), file.rows().checksum(), Tally.NONE);
  }

  @Override
  public Optional<Finding> next() throws IOException {
    CsvSplitter.Found found = file.rows().next();
    if (goal != null) {
      catchUp(found);
      return Optional.of(Finding.NOTHING);
    }
    if (file.rows().isCutOff() && source.holdsBack(file.rows().textLength())) {
      return Optional.empty();
    }
    return switch (found) {
      case UNFINISHED -> Optional.of(Finding.NOTHING);
      case END -> Optional.empty();
      case RECORD -> Optional.of(row());
      case TOO_LONG ->
          Optional.of(
              refused(
                  Problem.of(
                      String.format(
                          Locale.ROOT,
                          "the row is longer than %,d bytes (max.row.bytes)",
                          source.maxRowBytes()))));
      case UNCLOSED_QUOTE ->
          Optional.of(
              refused(
                  Problem.of(
                      String.format(
                          Locale.ROOT,
                          "a quote that opens in this line isn't closed within %,d bytes"
                              + " (max.row.bytes) or before the end of the file",
                          source.maxRowBytes()))));
    };
  }

  private void catchUp(CsvSplitter.Found found) throws IOException {
    CsvSplitter rows = file.rows();
    if (found == CsvSplitter.Found.UNFINISHED) {
      return;
    }
    if (rows.position() == goal.bytes() && rows.checksum() == goal.crc()) {
      place = goal;
      goal = null;
    } else if (found == CsvSplitter.Found.END || rows.position() >= goal.bytes()) {
      LOG.info("the file was rewritten and is read from its start source={}", name());
      goal = null;
      file.close();
      begin();
    }
  }

  private Finding row() {
    long row = place.row() + 1;
    try {
      ImageMetadata image = images.image(row, file.fields());
      advance(place.tally().plusPublished());
      return new Finding.Image(image, Long.toString(row), bookmark());
    } catch (CsvParseException e) {
      return refused(Problem.of("the row can't be read as CSV: " + e.getMessage(), e));
    } catch (IllegalArgumentException e) {
      return refused(Problem.of(e));
    }
  }

  private Finding refused(Problem problem) {
    advance(place.tally().plusUnreadable());
    CsvSplitter rows = file.rows();
    return new Finding.Refused(
        Excerpt.of(rows.bytes(), rows.length()), Long.toString(place.row()), problem, bookmark());
  }

  private void advance(Tally tally) {
    CsvSplitter rows = file.rows();
    place = new CsvBookmark(place.row() + 1, rows.position(), rows.checksum(), tally);
  }

  @Override
  public Tally tally() {
    return place.tally();
  }

  /** How far it is; before it has caught up, the start. */
  CsvBookmark place() {
    return place;
  }

  @Override
  public Bookmark bookmark() {
    return place.of(name());
  }

  private String name() {
    return source.origin().name();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
