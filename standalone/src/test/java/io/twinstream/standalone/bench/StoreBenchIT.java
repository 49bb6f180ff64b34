package io.twinstream.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.twinstream.standalone.scan.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code twinstream bench store}, with its instance, its broker and all restarts. */
class StoreBenchIT {
  private static final List<String> RESTARTS = List.of("killed", "stopped", "lost");
  private static final List<String> TAKE_OVERS =
      List.of("rejoined_s", "taken_over_s", "taken_over_without_standby_s");

  @TempDir private Path folder;

  @Test
  @Timeout(400)
  void aSmallStoreIsFilledAndGivesTheSameAnswersAfterEachRestart() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("temporary"));

    Command command =
        Command.start(
            folder,
            Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary),
            "bench",
            "store",
            "--n=1000",
            "--lookups=40",
            "--json");
    int code = command.await();

    assertThat(code).as(command.errors()).isZero();
    JsonNode figures = new ObjectMapper().readTree(command.output());
    assertThat(figures.propertyStream().map(Map.Entry::getKey))
        .containsExactly(
            "n",
            "radius",
            "fill_per_s",
            "fingerprints_per_s",
            "lookups",
            "identical",
            "matches_per_lookup",
            "killed",
            "stopped",
            "lost",
            "rejoined_s",
            "taken_over_s",
            "taken_over_without_standby_s");
    assertThat(figures.get("n").asInt()).isEqualTo(1000);
    assertThat(figures.get("radius").asInt()).isEqualTo(31);
    assertThat(figures.get("fill_per_s").asDouble()).isPositive();
    assertThat(figures.get("fingerprints_per_s").asDouble()).isPositive();
    assertThat(figures.get("lookups").asInt()).isEqualTo(40);
    assertThat(figures.get("identical").asInt()).isEqualTo(40);
    assertThat(figures.get("matches_per_lookup").asDouble()).isPositive();
    for (String takeOver : TAKE_OVERS) {
      assertThat(figures.get(takeOver).asDouble()).as(takeOver).isPositive();
    }
    for (String restart : RESTARTS) {
      double ready = figures.get(restart).get("ready_s").asDouble();
      assertThat(figures.get(restart).get("build_s").asDouble()).isBetween(0.0, ready);
    }
    assertThat(temporary).isDirectoryNotContaining("glob:**twinstream-bench*");
  }
}
