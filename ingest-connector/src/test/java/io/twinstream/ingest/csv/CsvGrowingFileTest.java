package io.twinstream.ingest.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.ingest.DrivenTask;
import io.twinstream.ingest.MemoryOffsets;
import io.twinstream.ingest.MovedClock;
import io.twinstream.ingest.Told;
import io.twinstream.schema.SourceHeaders;
import io.twinstream.schema.SourceProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a task tells of a file that someone goes on writing. */
class CsvGrowingFileTest {
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
  void ofAFileThatHasGrownOnlyTheNewRowsArePublished() throws IOException {
    write("url\na:1\nb:2");
    read();
    append("\nc:3\n");

    Told grown = read();

    assertThat(grown.ids()).containsExactly("list/3");
    assertThat(grown.progress()).containsExactly(new SourceProgress("list", 3, 0, 0, true));
  }

  @Test
  void aLastRowThatWasToldBeforeItWasWholeIsToldAgainAndNoOther() throws IOException {
    write("url\na:1\nb:2");
    assertThat(read().places()).containsExactly("1", "2");
    append("3\nc:4\n");

    Told grown = read();

    assertThat(grown.places()).containsExactly("2", "3");
    assertThat(grown.images().getFirst().source()).endsWith("/b:23");
    assertThat(grown.progress()).containsExactly(new SourceProgress("list", 3, 0, 0, true));
    assertThat(read().images()).isEmpty();
  }

  @Test
  void aLastRowWithoutANewlineIsNotToldAgainIfItStaysAsItIs() throws IOException {
    write("url\na:1\nb:2");
    read();
    assertThat(read().images()).isEmpty();

    append("\n");

    Told ended = read();
    assertThat(ended.images()).isEmpty();
    assertThat(ended.progress()).containsExactly(new SourceProgress("list", 2, 0, 0, true));
  }

  @Test
  void aRowOfManyLinesThatWasToldInPiecesIsToldAsAWhole() throws IOException {
    write("url,note\na:1,x\nb:2,\"one\ntwo\nthree");
    Told pieces = read();
    assertThat(pieces.places()).containsExactly("1", "3", "4");
    assertThat(pieces.excerpts()).containsExactly("b:2,\"one");
    append("\"\nc:3,y\n");

    Told whole = read();

    assertThat(whole.places()).containsExactly("2", "3");
    assertThat(whole.images().getFirst().attributes().text("note")).isEqualTo("one\ntwo\nthree");
    assertThat(whole.progress()).containsExactly(new SourceProgress("list", 3, 0, 0, true));
  }

  @Test
  void aWriterThatPausesForAnIntervalInMidRowCostsThatRowOnly() throws IOException {
    write("url\na:1\nb:2");
    try (DrivenTask task = task(DrivenTask.with(settings, "rescan.interval.ms", "1000"))) {
      task.readAll();
      clock.move(Duration.ofSeconds(1));
      assertThat(task.readAll().places()).as("nobody writes any more").containsExactly("2");

      append("3\n");
      clock.move(Duration.ofSeconds(1));

      assertThat(task.readAll().places()).containsExactly("2");
    }
  }

  @Test
  void aRowThatIsStillBeingWrittenIsToldWhenItIsWhole() throws IOException {
    write("url,note\na:1,x\nb:2,\"ha");
    try (DrivenTask task = task(DrivenTask.with(settings, "rescan.interval.ms", "1000"))) {
      assertThat(task.readAll().places()).containsExactly("1");

      append("lf");
      clock.move(Duration.ofSeconds(1));
      assertThat(task.poll().records()).isEmpty();

      append("\"\nc:3,y\n");
      clock.move(Duration.ofSeconds(1));
      Told whole = task.readAll();

      assertThat(whole.places()).containsExactly("2", "3");
      assertThat(whole.images().getFirst().attributes().text("note")).isEqualTo("half");
      assertThat(whole.progress().getLast()).isEqualTo(new SourceProgress("list", 3, 0, 0, true));
    }
  }

  @Test
  void aLastRowWithoutANewlineIsToldWhenTheFileHasNotGrownSince() throws IOException {
    write("url\na:1\nb:2");
    try (DrivenTask task = task(DrivenTask.with(settings, "rescan.interval.ms", "1000"))) {
      assertThat(task.readAll().places()).containsExactly("1");
      clock.move(Duration.ofSeconds(1));

      assertThat(task.readAll().places()).containsExactly("2");
    }
  }

  @Test
  void aDeadLetterNamesRowAndLineAlsoWhenItsFileHasGrown() throws IOException {
    write("url,note\n\na:1,\"one\r\ntwo\"\nb:2,x,x\n");
    assertThat(whereabouts(read())).containsExactly("2/5");
    append("\n\nc:3,x,x\n");

    assertThat(whereabouts(read())).containsExactly("3/8");
  }

  private static List<String> whereabouts(Told told) {
    return told.deadLetters().stream()
        .map(letter ->
            Told.header(letter, SourceHeaders.PLACE)
                + "/"
                + Told.header(letter, SourceHeaders.LINE))
        .toList();
  }

  private void append(String text) throws IOException {
    Files.writeString(csv, text, StandardOpenOption.APPEND);
  }

  private void write(String text) throws IOException {
    Files.writeString(csv, text);
  }

  private Told read() {
    try (DrivenTask task = task(settings)) {
      return task.readAll();
    }
  }

  private DrivenTask task(Map<String, String> settings) {
    return new DrivenTask(new CsvSourceTask(clock), offsets, settings);
  }
}
