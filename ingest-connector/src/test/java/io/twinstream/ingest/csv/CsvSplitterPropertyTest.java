package io.twinstream.ingest.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.twinstream.ingest.csv.CsvSplitter.Found;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class CsvSplitterPropertyTest {
  @Property(tries = 3000)
  void recordByRecordTheFieldsAreThoseOfTheWholeText(@ForAll("texts") String text)
      throws IOException {
    Optional<List<List<String>>> whole = parseWhole(text);

    Assume.that(whole.isPresent());
    assertThat(parsePieces(text)).isEqualTo(whole);
  }

  @Property(tries = 2000)
  void whateverTheBoundTheChecksumsAreThoseOfTheTextAndNoByteIsLost(
      @ForAll("texts") String text, @ForAll @IntRange(min = 1, max = 12) int bound)
      throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    long before = 0;
    StringBuilder told = new StringBuilder();
    try (CsvSplitter splitter = CsvSplitterTest.splitter(new ByteArrayInputStream(bytes), bound)) {
      for (Found found = splitter.next(); found != Found.END; found = splitter.next()) {
        if (found != Found.UNFINISHED) {
          assertThat(splitter.position()).isGreaterThan(before);
          before = splitter.position();
          assertThat(splitter.checksum()).isEqualTo(CsvSplitterTest.crc(bytes, (int) before));
          told.append(text, (int) (before - splitter.length()), (int) before);
        }
      }
    }
    assertThat(withoutNewlines(told.toString())).isEqualTo(withoutNewlines(text));
  }

  private static String withoutNewlines(String text) {
    return text.replaceAll("[\r\n]", "");
  }

  /** Empty if the text breaks the rules of quoting. */
  private static Optional<List<List<String>>> parseWhole(String text) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder().allowUnclosedQuote(false).ofCsvRecord(text)) {
      reader.forEach(row -> rows.add(row.getFields()));
      return Optional.of(rows);
    } catch (CsvParseException e) {
      return Optional.empty();
    }
  }

  private static Optional<List<List<String>>> parsePieces(String text) throws IOException {
    RecordParser parser = new RecordParser(',');
    List<List<String>> rows = new ArrayList<>();
    try (CsvSplitter splitter =
        CsvSplitterTest.splitter(new ByteArrayInputStream(text.getBytes(UTF_8)), 1000)) {
      for (Found found = splitter.next(); found != Found.END; found = splitter.next()) {
        switch (found) {
          case RECORD -> rows.add(parser.fields(splitter.bytes()));
          case UNFINISHED -> {}
          default -> {
            return Optional.empty();
          }
        }
      }
      return Optional.of(rows);
    } catch (CsvParseException e) {
      return Optional.empty();
    }
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> cells =
        Arbitraries.of("", "a", "bc", "\"\"", "\"d\"", "\"e\"\"f\"", "\"g\nh\"", "\"i,j\"", "k\"l");
    Arbitrary<String> tables =
        cells
            .list()
            .ofMinSize(1)
            .ofMaxSize(4)
            .map(row -> String.join(",", row))
            .flatMap(row -> Arbitraries.of("\n", "\r\n", "\r", "\n\n").map(end -> row + end))
            .list()
            .ofMaxSize(6)
            .map(rows -> String.join("", rows));
    Arbitrary<String> noise = Arbitraries.strings().withChars("a\",\r\n").ofMaxLength(30);
    return Arbitraries.oneOf(tables, noise);
  }
}
