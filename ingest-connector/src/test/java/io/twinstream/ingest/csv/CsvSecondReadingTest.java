package io.twinstream.ingest.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.ingest.DrivenTask;
import io.twinstream.ingest.MemoryOffsets;
import io.twinstream.ingest.MovedClock;
import io.twinstream.ingest.Told;
import io.twinstream.schema.SourceProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a task tells of a file that it, or an earlier one, has told before. */
class CsvSecondReadingTest {
  private final MemoryOffsets offsets = new MemoryOffsets();
  private final MovedClock clock = new MovedClock();

  @TempDir private Path folder;
  private Path csv;
  private Map<String, String> settings;

  @BeforeEach
  void nameTheFile() {
    csv = folder.resolve("list.csv");
    settings = Map.of("source.name", "list", "csv.path", csv.toString());
  }

  @Test
  void aRestartAnywhereGoesOnWithTheNextRow() throws IOException {
    write("url,note\na:1,x\n\nb:2,\"y\ny\"\nc:3,z,z\n\"d:4\ne:5,é\r\nf:6,");
    Told whole = read();

    for (int told = 0; told <= whole.records().size(); told++) {
      MemoryOffsets stopped = new MemoryOffsets();
      stopped.commit(whole.records().subList(0, told));

      Told rest = read(stopped);

      assertThat(values(rest.on("image-metadata")))
          .isEqualTo(
              values(
                  new Told(whole.records().subList(told, whole.records().size()))
                      .on("image-metadata")));
      assertThat(rest.progress().getLast()).isEqualTo(whole.progress().getLast());
    }
  }

  @Test
  void aFileThatWasToldIsCompleteAgainWithItsNumbers() throws IOException {
    write("url\nu\nv,w\n");
    read();

    Told again = read();

    assertThat(again.records()).hasSize(1);
    assertThat(again.progress()).containsExactly(new SourceProgress("list", 1, 0, 1, true));
  }

  @Test
  void aFileThatWasRewrittenIsReadFromItsFirstRow() throws IOException {
    write("url\na:1\nb:2\n");
    read();
    write("url\na:0\nb:2\nc:3\n");
    assertThat(read().ids()).containsExactly("list/1", "list/2", "list/3");

    write("url\na:0\n");
    Told shorter = read();

    assertThat(shorter.places()).containsExactly("1");
    assertThat(shorter.progress()).containsExactly(new SourceProgress("list", 1, 0, 0, true));
  }

  @Test
  void withoutAnIntervalTheSourceIsReadOnce() throws IOException {
    write("url\na:1\n");
    try (DrivenTask task = task(settings)) {
      task.readAll();
      append("b:2\n".getBytes(UTF_8));
      clock.move(Duration.ofDays(1));

      assertThat(task.poll().records()).isEmpty();
    }
  }

  @Test
  void afterTheIntervalWhatIsNewIsPublished() throws IOException {
    write("url\na:1\n");
    try (DrivenTask task = task(DrivenTask.with(settings, "rescan.interval.ms", "1000"))) {
      task.readAll();
      clock.move(Duration.ofSeconds(1));
      assertThat(task.poll().records()).as("nothing has changed").isEmpty();

      append("b:2\n".getBytes(UTF_8));
      assertThat(task.poll().records()).as("not yet").isEmpty();
      clock.move(Duration.ofSeconds(1));

      assertThat(task.readAll().places()).containsExactly("2");
    }
  }

  @Test
  void aNextPassWaitsUntilTheLastIsCommitted() throws IOException {
    write("url\na:1\n");
    try (DrivenTask task = task(DrivenTask.with(settings, "rescan.interval.ms", "0"))) {
      task.poll();
      append("b:2\n".getBytes(UTF_8));
      assertThat(task.poll().records()).isEmpty();

      task.commit();

      assertThat(task.readAll().places()).containsExactly("2");
    }
  }

  @Test
  void aFileThatIsAwayForAWhileIsReadWhenItIsBack() throws IOException {
    write("url\na:1\n");
    try (DrivenTask task = task(DrivenTask.with(settings, "rescan.interval.ms", "0"))) {
      task.readAll();
      Files.delete(csv);
      assertThat(task.poll().records()).isEmpty();
      write("");
      assertThat(task.poll().records()).isEmpty();

      write("url\nb:1\n");

      assertThat(task.readAll().places()).containsExactly("1");
    }
  }

  @Test
  void aFileThatIsReplacedByAFolderIsReadWhenItIsAFileAgain() throws IOException {
    write("url\na:1\n");
    try (DrivenTask task = task(DrivenTask.with(settings, "rescan.interval.ms", "0"))) {
      task.readAll();
      Files.delete(csv);
      Files.createDirectory(csv);
      assertThat(task.poll().records()).isEmpty();
      Files.delete(csv);
      write("url\na:1\nb:2\n");

      assertThat(task.readAll().places()).containsExactly("2");
    }
  }

  @Test
  void aFileThatIsCutShortOrVanishesWhileItIsReadEndsThere() throws IOException {
    String rows = "http://pictures.example/%d\n".repeat(20_000);
    for (boolean vanishes : new boolean[] {false, true}) {
      write("url\n" + rows);
      Map<String, String> few = DrivenTask.with(settings, "batch.size", "100");
      try (DrivenTask task = new DrivenTask(new CsvSourceTask(clock), new MemoryOffsets(), few)) {
        int first = task.poll().images().size();
        if (vanishes) {
          Files.delete(csv);
        } else {
          write("url\na:1\n");
        }

        Told rest = task.readAll();

        assertThat(rest.progress().getLast().complete()).isTrue();
        if (vanishes) {
          assertThat(rest.images()).hasSize(20_000 - first);
        } else {
          assertThat(rest.images()).hasSizeLessThan(19_000);
        }
      }
    }
  }

  @Test
  void howAClockOfTheWorldJumpsMakesNoDifference() throws IOException {
    write("url\na:1\n");
    Files.setLastModifiedTime(csv, FileTime.from(Instant.parse("2999-01-01T00:00:00Z")));
    read();
    append("b:2\n");
    Files.setLastModifiedTime(csv, FileTime.fromMillis(0));

    assertThat(read().places()).containsExactly("2");
  }

  private void append(String text) throws IOException {
    append(text.getBytes(UTF_8));
  }

  private void write(String text) throws IOException {
    Files.writeString(csv, text);
  }

  private void append(byte[] bytes) throws IOException {
    Files.write(csv, bytes, StandardOpenOption.APPEND);
  }

  private Told read() {
    return read(offsets);
  }

  private Told read(MemoryOffsets offsets) {
    try (DrivenTask task = new DrivenTask(new CsvSourceTask(clock), offsets, settings)) {
      return task.readAll();
    }
  }

  private DrivenTask task(Map<String, String> settings) {
    return new DrivenTask(new CsvSourceTask(clock), offsets, settings);
  }

  private static List<String> values(List<SourceRecord> records) {
    List<String> values = new ArrayList<>();
    records.forEach(record -> values.add(new String((byte[]) record.value(), UTF_8)));
    return values;
  }
}
