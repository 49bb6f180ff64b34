package io.twinstream.ingest.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstream.ingest.DrivenTask;
import io.twinstream.ingest.Share;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSourceConnectorTest {
  private final FolderSourceConnector connector = new FolderSourceConnector();

  @TempDir private Path folder;
  private Map<String, String> settings;

  @BeforeEach
  void nameTheFolder() {
    settings = Map.of("source.name", "p", "folder.path", folder.toString());
  }

  @Test
  void connectFindsIt() {
    assertThat(ServiceLoader.load(SourceConnector.class))
        .anyMatch(found -> found instanceof FolderSourceConnector);
  }

  @Test
  void oneTaskHasItsOwnSettings() {
    connector.start(settings);

    assertThat(connector.taskConfigs(1)).isEqualTo(List.of(settings));
    assertThat(connector.taskClass()).isEqualTo(FolderSourceTask.class);
  }

  @Test
  void severalTasksEachKnowTheirShare() {
    connector.start(settings);

    assertThat(connector.taskConfigs(3))
        .extracting(task -> FolderSettings.of(task).source().share())
        .containsExactly(new Share(0, 3), new Share(1, 3), new Share(2, 3));
    assertThat(connector.taskConfigs(1_000)).hasSize(16);
  }

  @Test
  void everyWrongFolderIsToldWithWhatToChange() throws IOException {
    Path file = Files.createFile(folder.resolve("a.csv"));

    assertProblem("folder.path", file.toString(), "use the CSV connector");
    assertProblem("folder.path", folder + "/none", "there is no folder");
    assertProblem("folder.path", "", "non-empty");
    assertProblem("folder.path", "a\0b", "can't be a path");
    assertProblem("exclude", "out", "not an absolute path");
  }

  @Test
  void offsetsOfItsOwnKindAreTaken() {
    Map<String, ?> file = Map.of("source", "p", "path", "a.jpg");

    assertTaken(file, Map.of("size", 1, "modified", -2L));
    assertTaken(file, Map.of("refused", "too long"));
    assertTaken(Map.of("source", "p"), Map.of("published", 3));
    assertTaken(Map.of("source", "p", "task", "12"), Map.of("published", 3));
    assertTaken(file, null);
    assertTaken(Map.of("source", "list"), null);
    assertTaken(Map.of("filename", "of another class"), null);
  }

  @Test
  void anOffsetThatItWouldNotWriteIsRefusedWithItsKeyAndValue() {
    Map<String, ?> file = Map.of("source", "p", "path", "a.jpg");

    assertRefused(file, Map.of("row", 1), "[modified, size]");
    assertRefused(file, Map.of("size", -1, "modified", 2), "\"size\" is -1");
    assertRefused(file, Map.of("size", 1, "modified", 2.5), "\"modified\" is 2.5");
    assertRefused(file, Map.of("size", 1, "modified", 2, "refused", "x"), "[refused]");
    assertRefused(file, Map.of("refused", true), "\"refused\" is true");
    assertRefused(Map.of("source", "P"), Map.of("published", 1), "\"source\" is \"P\"");
    assertRefused(Map.of("source", "p", "paht", "a"), Map.of("published", 1), "[paht, source]");
    assertRefused(Map.of("source", "p", "path", 7), Map.of("refused", "x"), "\"path\" is 7");
    assertRefused(Map.of("source", "p", "task", "x"), Map.of("published", 1), "\"task\" is \"x\"");
    assertRefused(Map.of("source", "p"), Map.of("published", "1"), "\"published\" is \"1\"");
  }

  private void assertTaken(Map<String, ?> partition, Map<String, ?> offset) {
    Map<Map<String, ?>, Map<String, ?>> offsets = new HashMap<>();
    offsets.put(partition, offset);
    assertThat(connector.alterOffsets(settings, offsets)).isTrue();
  }

  private void assertRefused(Map<String, ?> partition, Map<String, ?> offset, String message) {
    assertThatThrownBy(() -> connector.alterOffsets(settings, Map.of(partition, offset)))
        .isInstanceOf(ConnectException.class)
        .hasMessageContainingAll(message, partition.toString(), offset.toString());
  }

  @Test
  void whatTheConnectorSetsItselfIsNobodyElsesToSet() {
    assertProblem("share.task", "0", "tasks.max");
    assertProblem("share.tasks", "2", "tasks.max");
  }

  private void assertProblem(String setting, String value, String message) {
    Map<String, String> changed = DrivenTask.with(settings, setting, value);
    assertThat(connector.validate(changed).configValues())
        .filteredOn(checked -> !checked.errorMessages().isEmpty())
        .singleElement()
        .satisfies(checked -> assertThat(checked.name()).isEqualTo(setting))
        .satisfies(checked -> assertThat(checked.errorMessages().getFirst()).contains(message));
    assertThatThrownBy(() -> connector.start(changed))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }
}
