package io.twinstream.ingest.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import io.twinstream.ingest.UnusableSourceException;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An open file whose header has been read. Used by one thread. */
final class CsvFile implements Closeable {
  /** The setting that names it. */
  static final String SETTING = "csv.path";

  private static final int HEAD_BYTES = 64 * 1024;

  private final CsvSplitter splitter;
  private final RecordParser parser;
  private final List<String> header;

  private CsvFile(CsvSplitter splitter, RecordParser parser, List<String> header) {
    this.splitter = splitter;
    this.parser = parser;
    this.header = header;
  }

  /**
   * Opens a file and reads its header.
   *
   * @throws IOException if it is there but can't be read
   * @throws UnusableSourceException if it isn't there, is no file, or has no header that could be
   *     read
   */
  static CsvFile open(Path path, CsvFormat format) throws IOException {
    if (Files.notExists(path)) {
      throw unusable("there is no file " + path + "; check its path");
    }
    if (Files.isDirectory(path)) {
      throw unusable(
          path
              + " is a folder; name the CSV file in it, or use the folder connector for its"
              + " pictures");
    }
    if (!Files.isRegularFile(path)) {
      throw unusable(path + " is no regular file; write the rows to a file and name that");
    }
    InputStream in = Files.newInputStream(path);
    try {
      return begin(path, format, in);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static CsvFile begin(Path path, CsvFormat format, InputStream in) throws IOException {
    byte[] head = in.readNBytes(HEAD_BYTES);
    if (head.length == 0) {
      throw unusable("the file " + path + " is empty; its first row must name the columns");
    }
    if (isUtf16(head)) {
      throw unusable(path + " is UTF-16; save it as UTF-8");
    }
    char delimiter = Delimiter.of(format.delimiter(), head);
    CsvSplitter splitter =
        new CsvSplitter(
            new SequenceInputStream(new ByteArrayInputStream(head), in),
            delimiter,
            format.maxRowBytes());
    RecordParser parser = new RecordParser(delimiter);
    byte[] header = header(path, splitter);
    try {
      return new CsvFile(splitter, parser, parser.fields(header));
    } catch (CsvParseException e) {
      throw unusable("the first row of " + path + " can't be read as CSV: " + e.getMessage());
    }
  }

  private static byte[] header(Path path, CsvSplitter splitter) throws IOException {
    CsvSplitter.Found found = splitter.next();
    while (found == CsvSplitter.Found.UNFINISHED) {
      found = splitter.next();
    }
    return switch (found) {
      case RECORD -> splitter.bytes();
      case END -> throw unusable(path + " has no rows; its first row must name the columns");
      default ->
          throw unusable(
              "the first row of "
                  + path
                  + " is too long or has a quote that isn't closed; it must name the columns");
    };
  }

  /** Told by the mark at the start, or by the zero byte beside a header's first letter. */
  private static boolean isUtf16(byte[] head) {
    if (head.length < 2) {
      return false;
    }
    int first = head[0] & 0xFF;
    int second = head[1] & 0xFF;
    boolean marked = Math.min(first, second) == 0xFE && Math.max(first, second) == 0xFF;
    return marked || (first == 0) != (second == 0);
  }

  private static UnusableSourceException unusable(String message) {
    return new UnusableSourceException(SETTING, message);
  }

  /** The fields of the first row. */
  List<String> header() {
    return header;
  }

  /** What follows the header; where nothing was read yet, its position is that of the header. */
  CsvSplitter rows() {
    return splitter;
  }

  /** The fields of the row that was found last. */
  List<String> fields() {
    return parser.fields(splitter.bytes());
  }

  @Override
  public void close() throws IOException {
    splitter.close();
  }
}
