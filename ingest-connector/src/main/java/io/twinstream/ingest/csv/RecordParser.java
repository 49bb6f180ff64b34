package io.twinstream.ingest.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The fields of a record. Bytes that are not UTF-8 are taken for windows-1252, record by record.
 */
final class RecordParser {
  private static final Charset FALLBACK = Charset.forName("windows-1252");

  private final CsvReader.CsvReaderBuilder reader;

  /** For fields parted by the given character. */
  RecordParser(char delimiter) {
    reader = CsvReader.builder().fieldSeparator(delimiter);
  }

  /**
   * Parses one record.
   *
   * @throws CsvParseException if something follows a closing quote, or there are too many fields
   */
  List<String> fields(byte[] bytes) {
    return reader.ofSingleCsvRecord(text(bytes)).getFields();
  }

  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, FALLBACK);
    }
  }
}
