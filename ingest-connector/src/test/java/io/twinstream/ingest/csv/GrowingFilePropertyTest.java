package io.twinstream.ingest.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.ingest.DrivenTask;
import io.twinstream.ingest.MemoryOffsets;
import io.twinstream.ingest.MovedClock;
import io.twinstream.ingest.Told;
import io.twinstream.schema.SourceHeaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterProperty;
import org.apache.kafka.connect.source.SourceRecord;

/** A file that is read again and again while someone writes it, stopping anywhere. */
class GrowingFilePropertyTest {
  private static final String HEADER = "url,note\n";
  private static final List<String> ROWS = List.of("a:1,x\n", "\n", "c:3,z,z\r\n", "e:5,\u00e9\n");
  private static final List<String> QUOTED = List.of("b:2,\"y\ny\"\r\n", "\"d:4\n", "f:6,\"\"\n");

  private final List<Path> files = new ArrayList<>();

  @Property(tries = 100)
  void whatWasToldLastIsWhatTheWholeFileSays(
      @ForAll("rows") List<String> rows,
      @ForAll @Size(max = 5) List<@IntRange(max = 80) Integer> pauses)
      throws IOException {
    List<List<SourceRecord>> told = readWhileItGrows(String.join("", rows), pauses);

    List<Tuple.Tuple2<String, String>> reader = new ArrayList<>();
    for (List<SourceRecord> reading : told) {
      List<Tuple.Tuple2<String, String>> rowsOfReading = summary(reading);
      if (!rowsOfReading.isEmpty()) {
        int first = firstRow(reading);
        reader.subList(first - 1, reader.size()).clear();
        reader.addAll(rowsOfReading);
      }
    }
    assertThat(reader).isEqualTo(summary(readFrom(new MemoryOffsets(), files.getLast())));
  }

  @Property(tries = 100)
  void withoutQuotesOnlyTheRowThatWasCutOffIsToldAgain(
      @ForAll("plainRows") List<String> rows,
      @ForAll @Size(max = 5) List<@IntRange(max = 80) Integer> pauses)
      throws IOException {
    int last = 0;
    for (List<SourceRecord> reading : readWhileItGrows(String.join("", rows), pauses)) {
      if (!summary(reading).isEmpty()) {
        assertThat(firstRow(reading)).isGreaterThanOrEqualTo(last);
        last = firstRow(reading) + summary(reading).size() - 1;
      }
    }
  }

  @Provide
  Arbitrary<List<String>> rows() {
    List<String> all = new ArrayList<>(ROWS);
    all.addAll(QUOTED);
    return Arbitraries.of(all).list().ofMinSize(1).ofMaxSize(10);
  }

  @Provide
  Arbitrary<List<String>> plainRows() {
    return Arbitraries.of(ROWS).list().ofMinSize(1).ofMaxSize(10);
  }

  @AfterProperty
  void clean() throws IOException {
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }

  /** What is told by a new task at each of the given lengths, and at last of the whole. */
  private List<List<SourceRecord>> readWhileItGrows(String rows, List<Integer> lengths)
      throws IOException {
    Path csv = Files.createTempFile("rows", ".csv");
    files.add(csv);
    MemoryOffsets offsets = new MemoryOffsets();
    List<List<SourceRecord>> told = new ArrayList<>();
    for (int length : lengths.stream().sorted().toList()) {
      Files.writeString(csv, HEADER + rows.substring(0, Math.min(length, rows.length())));
      told.add(readFrom(offsets, csv));
    }
    Files.writeString(csv, HEADER + rows);
    told.add(readFrom(offsets, csv));
    return told;
  }

  private static List<SourceRecord> readFrom(MemoryOffsets offsets, Path csv) {
    Map<String, String> settings = Map.of("source.name", "list", "csv.path", csv.toString());
    try (DrivenTask task = new DrivenTask(new CsvSourceTask(new MovedClock()), offsets, settings)) {
      return task.readAll().records().stream()
          .filter(record -> !record.topic().endsWith("progress"))
          .toList();
    }
  }

  private static int firstRow(List<SourceRecord> told) {
    return Integer.parseInt(Told.header(told.getFirst(), SourceHeaders.PLACE));
  }

  /** Each row with its place and content. */
  private static List<Tuple.Tuple2<String, String>> summary(List<SourceRecord> records) {
    return records.stream()
        .map(record ->
            Tuple.of(
                Told.header(record, SourceHeaders.PLACE),
                new String((byte[]) record.value(), UTF_8)))
        .toList();
  }
}
