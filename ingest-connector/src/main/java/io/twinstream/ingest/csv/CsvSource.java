package io.twinstream.ingest.csv;

import io.twinstream.ingest.Bookmark;
import io.twinstream.ingest.Finding;
import io.twinstream.ingest.ImageSource;
import io.twinstream.ingest.Origin;
import io.twinstream.ingest.Pass;
import io.twinstream.ingest.Tally;
import io.twinstream.ingest.UnusableSourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
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

  /** How the file was when the last pass began. */
  private Optional<Seen> seen = Optional.empty();

  /** Whether it was the same at the pass before that. */
  private boolean seenTwice;

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

  /**
   * A file that two passes have seen alike is not read again as long as it looks the same. One is
   * not enough: what is written within one tick of the file system's clock looks alike.
   */
  @Override
  public Pass open() throws IOException {
    Optional<Seen> now = Seen.of(path);
    boolean seenBefore = now.isPresent() && now.equals(seen);
    if (seenBefore && seenTwice && last.isComplete()) {
      return new UnchangedPass(last);
    }
    last = new CsvPass(this, last == null ? remembered.get() : Optional.of(last.place()));
    seenTwice = seenBefore;
    seen = now;
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

  /** What a file system says of a file without reading it. */
  private record Seen(long size, FileTime modified, String key) {
    static Optional<Seen> of(Path file) {
      try {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return Optional.of(
            new Seen(now.size(), now.lastModifiedTime(), String.valueOf(now.fileKey())));
      } catch (IOException e) {
        // Opening it says the same, in better words.
        return Optional.empty();
      }
    }
  }

  /** Nothing is new since another pass. */
  private record UnchangedPass(CsvPass before) implements Pass {
    @Override
    public Optional<Finding> next() {
      return Optional.empty();
    }

    @Override
    public Tally tally() {
      return before.tally();
    }

    @Override
    public Bookmark bookmark() {
      return before.bookmark();
    }

    @Override
    public void close() {}
  }
}
