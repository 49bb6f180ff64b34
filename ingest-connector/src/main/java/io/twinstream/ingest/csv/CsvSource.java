package io.twinstream.ingest.csv;

import io.twinstream.ingest.ImageSource;
import io.twinstream.ingest.Origin;
import io.twinstream.ingest.Pass;
import io.twinstream.ingest.UnusableSourceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** A CSV file as a source. Each pass goes on where the one before it, or an earlier run, ended. */
final class CsvSource implements ImageSource {
  private final Origin origin;
  private final Path path;
  private final CsvFormat format;
  private final ColumnChoice choice;
  private final boolean readAgain;
  private final Supplier<Optional<CsvBookmark>> remembered;

  /** Null before the first pass. */
  private CsvPass last;

  /** How long the file was when its last row was left for later; -1 if it was not. */
  private long heldBackAt = -1;

  /**
   * @param path absolute
   * @param readAgain whether there will be more than one pass
   * @param remembered what an earlier run has left; asked when the first pass begins
   */
  CsvSource(
      Origin origin,
      Path path,
      CsvFormat format,
      ColumnChoice choice,
      boolean readAgain,
      Supplier<Optional<CsvBookmark>> remembered) {
    this.origin = origin;
    this.path = path;
    this.format = format;
    this.choice = choice;
    this.readAgain = readAgain;
    this.remembered = remembered;
  }

  @Override
  public Pass open() throws IOException {
    last = new CsvPass(this, last == null ? remembered.get() : Optional.of(last.place()));
    return last;
  }

  Origin origin() {
    return origin;
  }

  CsvFile openFile() throws IOException {
    return CsvFile.open(path, format);
  }

  /** For a file that is there and can't be opened. */
  UnusableSourceException unreadable(IOException reason) {
    return new UnusableSourceException(
        CsvFile.SETTING,
        "the file %s can't be read by this process (%s); change its permissions or name another"
            .formatted(path, reason));
  }

  /** What the rows of an open file mean. */
  CsvImages images(CsvFile file) {
    return new CsvImages(origin, path.getParent(), CsvColumns.of(file.header(), choice));
  }

  int maxRowBytes() {
    return format.maxRowBytes();
  }

  /**
   * Whether a last row without a newline is left for the next pass, since someone may be writing
   * it. A file that has not grown since then has all that it will have.
   *
   * @param length that of the file, in bytes
   */
  boolean holdsBack(long length) {
    boolean again = readAgain && length != heldBackAt;
    heldBackAt = length;
    return again;
  }
}
