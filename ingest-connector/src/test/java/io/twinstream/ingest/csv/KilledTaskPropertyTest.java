package io.twinstream.ingest.csv;

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

/** Whatever is committed when a worker is killed, the next tells the rest, once. */
class KilledTaskPropertyTest {
  private static final List<String> ROWS =
      List.of("a:1,x\n", "b:2,\"y\ny\"\r\n", "\n", "c:3,z,z\n", "\"d:4\n", "e:5,\u00e9\n", "f:6\r");

  private final List<Path> files = new ArrayList<>();

  @Property(tries = 60)
  void everyRowIsToldOnceHoweverOftenATaskIsKilled(
      @ForAll("rows") List<String> rows,
      @ForAll @IntRange(min = 1, max = 7) int batchSize,
      @ForAll @Size(max = 6) List<@IntRange(max = 20) Integer> committed)
      throws IOException {
    Path csv = Files.createTempFile("rows", ".csv");
    files.add(csv);
    Files.writeString(csv, "url,note\n" + String.join("", rows));
    Map<String, String> settings =
        Map.of(
            "source.name",
            "list",
            "csv.path",
            csv.toString(),
            "batch.size",
            Integer.toString(batchSize));
    List<Tuple.Tuple2<String, String>> expected = readFrom(new MemoryOffsets(), settings);

    MemoryOffsets offsets = new MemoryOffsets();
    List<Tuple.Tuple2<String, String>> told = new ArrayList<>();
    for (int records : committed) {
      told.addAll(killedAfter(records, offsets, settings));
    }
    told.addAll(readFrom(offsets, settings));

    assertThat(told).isEqualTo(expected);
  }

  @Provide
  Arbitrary<List<String>> rows() {
    return Arbitraries.of(ROWS).list().ofMaxSize(25);
  }

  @AfterProperty
  void clean() throws IOException {
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }

  /** Places and kinds of what was committed; the rest of a transaction was never seen. */
  private static List<Tuple.Tuple2<String, String>> killedAfter(
      int records, MemoryOffsets offsets, Map<String, String> settings) {
    try (DrivenTask task = task(offsets, settings)) {
      List<SourceRecord> found = new ArrayList<>();
      boolean complete = false;
      while (found.size() < records && !complete) {
        Told batch = task.poll();
        found.addAll(batch.records());
        complete = batch.progress().stream().anyMatch(progress -> progress.complete());
      }
      List<SourceRecord> committed = found.subList(0, Math.min(records, found.size()));
      offsets.commit(committed);
      return summary(committed);
    }
  }

  private static List<Tuple.Tuple2<String, String>> readFrom(
      MemoryOffsets offsets, Map<String, String> settings) {
    try (DrivenTask task = task(offsets, settings)) {
      return summary(task.readAll().records());
    }
  }

  private static List<Tuple.Tuple2<String, String>> summary(List<SourceRecord> records) {
    return records.stream()
        .filter(record -> !record.topic().endsWith("progress"))
        .map(record -> Tuple.of(record.topic(), Told.header(record, SourceHeaders.PLACE)))
        .toList();
  }

  private static DrivenTask task(MemoryOffsets offsets, Map<String, String> settings) {
    return new DrivenTask(new CsvSourceTask(new MovedClock()), offsets, settings);
  }
}
