package io.twinstream.ingest.csv;

import io.twinstream.ingest.ImageSource;
import io.twinstream.ingest.Origin;
import io.twinstream.ingest.Pass;
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
  private final Supplier<Optional<CsvBookmark>> remembered;

  /** Null before the first pass. */
  private CsvPass last;

  /**
   * @param path absolute
   * @param remembered what an earlier run has left; asked when the first pass begins
   */
  CsvSource(
      Origin origin,
      Path path,
      CsvFormat format,
      ColumnChoice choice,
      Supplier<Optional<CsvBookmark>> remembered) {
    this.origin = origin;
    this.path = path;
    this.format = format;
    this.choice = choice;
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

  /** What the rows of an open file mean. */
  CsvImages images(CsvFile file) {
    return new CsvImages(origin, path.getParent(), CsvColumns.of(file.header(), choice));
  }

  int maxRowBytes() {
    return format.maxRowBytes();
  }
}
