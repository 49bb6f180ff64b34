package io.twinstream.ingest.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstream.ingest.DrivenTask;
import io.twinstream.ingest.MemoryOffsets;
import io.twinstream.ingest.MovedClock;
import io.twinstream.ingest.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Connect's settings for errors mean for rows that can't become events. */
class ToleranceTest {
  private final MemoryOffsets offsets = new MemoryOffsets();

  @TempDir private Path folder;
  private Path csv;
  private Map<String, String> settings;

  @BeforeEach
  void makeTheFile() throws IOException {
    csv = Files.writeString(folder.resolve("list.csv"), "url\n\na:1\nb,secret\nc:3\n");
    settings = Map.of("source.name", "list", "csv.path", csv.toString());
  }

  @Test
  void badRowsBecomeDeadLettersUnlessTheyMayNot() {
    for (Map<String, String> tolerant :
        List.of(settings, DrivenTask.with(settings, "errors.tolerance", "all"))) {
      try (DrivenTask task = task(new MemoryOffsets(), tolerant)) {
        Told told = task.readAll();
        assertThat(told.places()).containsExactly("1", "3");
        assertThat(told.deadLetters()).hasSize(1);
      }
    }
  }

  @Test
  void ifNoneIsToleratedTheTaskFailsThereAndGoesOnThereWhenItIsMended() throws IOException {
    Map<String, String> strict = DrivenTask.with(settings, "errors.tolerance", "none");
    try (DrivenTask task = task(offsets, strict)) {
      Told before = task.poll();
      assertThat(before.places()).containsExactly("1");
      assertThat(before.deadLetters()).isEmpty();
      offsets.commit(before.records());

      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(task::poll)
            .isInstanceOf(ConnectException.class)
            .hasMessageContainingAll(
                "\"list\"",
                "at row 2, line 4",
                "2 fields",
                "errors.tolerance",
                "a delimiter in it needs quotes");
      }
    }
    Files.write(csv, "url\n\na:1\nb:2\nc:3\n".getBytes(UTF_8));

    try (DrivenTask task = task(offsets, strict)) {
      assertThat(task.readAll().places()).containsExactly("2", "3");
    }
  }

  private static DrivenTask task(MemoryOffsets offsets, Map<String, String> settings) {
    return new DrivenTask(new CsvSourceTask(new MovedClock()), offsets, settings);
  }
}
