package io.twinstream.ingest.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstream.ingest.DrivenTask;
import io.twinstream.ingest.Share;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  void onlyOffsetsOfItsOwnKindAreTaken() {
    Map<String, ?> partition = Map.of("source", "p", "path", "a.jpg");

    assertThat(
            connector.alterOffsets(settings, Map.of(partition, Map.of("size", 1, "modified", 2))))
        .isTrue();
    assertThatThrownBy(() -> connector.alterOffsets(settings, Map.of(partition, Map.of("row", 1))))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("\"size\"");
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
