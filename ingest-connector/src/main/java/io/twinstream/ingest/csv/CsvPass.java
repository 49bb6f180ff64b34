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
 * bytes are the same, and a row ends where one ended, does it go on from there. If they are the
 * same up to the bookmark's firm place only, rows at the end of the file have grown: they are told
 * again. Otherwise the file was rewritten and is told from its first row.
 */
final class CsvPass implements Pass {
  private static final Logger LOG = LoggerFactory.getLogger(CsvPass.class);

  private final CsvSource source;
  private CsvFile file;
  private CsvImages images;
  private CsvBookmark place;

  /** Where to catch up with; null once that is done. */
  private CsvBookmark goal;

  /**
   * Whether the end of the file has ended a row by now: that row, and all behind it, may change.
   */
  private boolean metEnd;

  private boolean complete;

  CsvPass(CsvSource source, Optional<CsvBookmark> told) throws IOException {
    this.source = source;
    this.goal = told.orElse(null);
    begin();
  }

  private void begin() throws IOException {
    file = source.openFile();
    try {
      images = source.images(file);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
    metEnd = false;
    place =
        CsvBookmark.firm(
            new CsvPlace(0, file.rows().position(), file.rows().checksum(), Tally.NONE));
    if (goal != null) {
      catchUp(CsvSplitter.Found.RECORD);
    }
  }

  @Override
  public Optional<Finding> next() throws IOException {
    CsvSplitter.Found found = file.rows().next();
    metEnd |= file.rows().isCutOff();
    if (goal != null) {
      catchUp(found);
      return Optional.of(Finding.NOTHING);
    }
    if (file.rows().isCutOff() && source.holdsBack(file.rows().textLength())) {
      return Optional.empty();
    }
    return switch (found) {
      case UNFINISHED -> Optional.of(Finding.NOTHING);
      case END -> {
        complete = true;
        yield Optional.empty();
      }
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
    CsvPlace told = goal.told();
    if (found == CsvSplitter.Found.UNFINISHED) {
      return;
    }
    if (rows.position() == told.bytes() && rows.checksum() == told.crc()) {
      place = metEnd ? goal : CsvBookmark.firm(told);
      goal = null;
    } else if (found == CsvSplitter.Found.END || rows.position() >= told.bytes()) {
      beginAgain();
    }
  }

  private void beginAgain() throws IOException {
    if (goal.isFirm()) {
      LOG.info("the file was rewritten and is read from its start source={}", name());
      goal = null;
    } else {
      goal = CsvBookmark.firm(goal.firm());
    }
    file.close();
    try {
      begin();
    } catch (IOException e) {
      throw source.unreadable(e);
    }
  }

  private Finding row() {
    long row = place.told().row() + 1;
    try {
      ImageMetadata image = images.image(row, file.fields());
      advance(place.told().tally().plusPublished());
      return new Finding.Image(image, Long.toString(row), bookmark());
    } catch (CsvParseException e) {
      return refused(Problem.of("the row can't be read as CSV: " + e.getMessage(), e));
    } catch (IllegalArgumentException e) {
      return refused(Problem.of(e));
    }
  }

  private Finding refused(Problem problem) {
    advance(place.told().tally().plusUnreadable());
    CsvSplitter rows = file.rows();
    return new Finding.Refused(
        Excerpt.of(rows.bytes(), rows.length()),
        Long.toString(place.told().row()),
        rows.line(),
        problem,
        bookmark());
  }

  private void advance(Tally tally) {
    CsvSplitter rows = file.rows();
    CsvPlace told = new CsvPlace(place.told().row() + 1, rows.position(), rows.checksum(), tally);
    place = metEnd ? new CsvBookmark(told, place.firm()) : CsvBookmark.firm(told);
  }

  @Override
  public Tally tally() {
    return place.told().tally();
  }

  /** How far it is, or where it wants to catch up with. */
  CsvBookmark place() {
    return goal == null ? place : goal;
  }

  /** Whether it has told all of the file: nothing was left for later. */
  boolean isComplete() {
    return complete;
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
