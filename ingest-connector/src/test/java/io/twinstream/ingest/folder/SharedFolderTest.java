package io.twinstream.ingest.folder;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several tasks that read one folder. */
class SharedFolderTest {
  private static final int IMAGES = 40;

  private final MemoryOffsets offsets = new MemoryOffsets();
  private final FolderSourceConnector connector = new FolderSourceConnector();
  private final List<String> names = new ArrayList<>();

  @TempDir private Path folder;

  @BeforeEach
  void makeTheFolder() throws IOException {
    Files.createDirectory(folder.resolve("sub"));
    for (int i = 0; i < IMAGES; i++) {
      String name = (i % 2 == 0 ? "sub/" : "") + i + ".jpg";
      names.add(name);
      Files.createFile(folder.resolve(name));
    }
    for (int i = 0; i < 7; i++) {
      Files.writeString(folder.resolve(i + ".txt"), "text");
    }
    // A bad one: its id is too long.
    Path deep = folder.resolve(("d".repeat(200) + "/").repeat(6));
    Files.createDirectories(deep);
    Files.createFile(deep.resolve("deep.jpg"));
    connector.start(Map.of("source.name", "p", "folder.path", folder.toString()));
  }

  @Test
  void eachFileIsToldByOneTaskAndAllCountsAddUp() {
    List<Told> told = readWith(3);

    assertThat(told).allMatch(share -> !share.images().isEmpty());
    assertThat(told.stream().flatMap(share -> share.places().stream()))
        .containsExactlyInAnyOrderElementsOf(names);
    assertThat(told.stream().mapToInt(share -> share.deadLetters().size()).sum()).isOne();
    List<SourceProgress> ends = told.stream().map(share -> share.progress().getLast()).toList();
    assertThat(ends).extracting(SourceProgress::task).containsExactly(0, 1, 2);
    assertThat(ends)
        .allMatch(SourceProgress::taskComplete)
        .noneMatch(SourceProgress::complete)
        .allMatch(end -> end.tasks() == 3);
    assertThat(ends.stream().mapToLong(SourceProgress::published).sum()).isEqualTo(IMAGES);
    assertThat(ends.stream().mapToLong(SourceProgress::skipped).sum()).isEqualTo(7);
    assertThat(ends.stream().mapToLong(SourceProgress::unreadable).sum()).isOne();
  }

  @Test
  void everyShareReportsUnderAKeyOfItsOwn() {
    assertThat(progressKeys(readWith(1))).containsExactly("p");
    assertThat(progressKeys(readWith(2))).containsExactly("p\t0", "p\t1");
  }

  @Test
  void thePageAndTheSchemaSayWhatTheseKeysAre() throws IOException {
    assertThat(Path.of("..", "docs", "events.md"))
        .content()
        .contains("| name of the source; with several tasks name, TAB, task |");
    assertThat(
            SourceProgress.class.getResourceAsStream(
                "/io/twinstream/schema/1/source-progress.json"))
        .asString(UTF_8)
        .contains("keyed by name, TAB and task");
  }

  @Test
  void anotherNumberOfTasksPublishesNothingAgain() {
    readWith(1);
    for (int tasks : List.of(3, 2, 16, 1)) {
      assertThat(readWith(tasks))
          .allMatch(share -> share.images().isEmpty() && share.deadLetters().isEmpty());
    }
  }

  private static List<String> progressKeys(List<Told> told) {
    return told.stream()
        .flatMap(share -> share.on("image-source-progress").stream())
        .map(SourceRecord::key)
        .map(key -> new String((byte[]) key, UTF_8))
        .distinct()
        .toList();
  }

  private List<Told> readWith(int tasks) {
    List<Told> told = new ArrayList<>();
    for (Map<String, String> config : connector.taskConfigs(tasks)) {
      try (DrivenTask task =
          new DrivenTask(new FolderSourceTask(new MovedClock()), offsets, config)) {
        told.add(task.readAll());
      }
    }
    return told;
  }
}
