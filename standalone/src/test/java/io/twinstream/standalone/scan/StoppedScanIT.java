package io.twinstream.standalone.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scans that are ended from outside before they are done, and the same command again. */
class StoppedScanIT {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path folder;
  private Path out;

  @BeforeEach
  void prepare() {
    out = folder.resolve("out");
  }

  @Test
  void aKilledScanGoesOnAndEveryEventHasOneVerdictAndOneThumbnail() throws Exception {
    int images = 300;
    try (PictureServer server = new PictureServer(Duration.ofMillis(200))) {
      Path csv = folder.resolve("rows.csv");
      List<String> rows = new ArrayList<>(List.of("url"));
      for (int number = 0; number < images; number++) {
        rows.add(server.url(number % 250 + ".jpg"));
      }
      Files.write(csv, rows);
      String[] args = {
        "scan", "--json", "--allow-private", "--thumbnails", "--out", out.toString(), csv.toString()
      };

      Command killed = Command.start(folder, args);
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> judged(killed.errors()) > 0.2 * images);
      killed.kill();
      Topic before = Topic.read(out.resolve(".data"));
      Command resumed = Command.run(folder, args);

      assertThat(before.verdicts().size()).isBetween(images / 5, images * 4 / 5);
      assertThat(resumed.exitCode()).as(resumed.errors()).isZero();
      JsonNode summary = JSON.readTree(resumed.output());
      assertThat(summary.get("images").asInt()).isEqualTo(images);
      assertThat(summary.get("unique").asInt()).isEqualTo(250);
      assertThat(summary.get("duplicates").asInt()).isEqualTo(50);
      assertThat(summary.get("thumbnails").asInt())
          .as("those of the first run are there already")
          .isEqualTo(images - before.verdicts().size());
      Topic after = Topic.read(out.resolve(".data"));
      after.assertOneVerdictForEachOf(images);
      assertThat(after.thumbnails()).hasSize(images).doesNotHaveDuplicates();
    }
  }

  @Test
  void ctrlCStopsInOrderAndTheNextRunGoesOn() throws Exception {
    try (PictureServer server = new PictureServer(Duration.ofMillis(300))) {
      Path csv = folder.resolve("rows.csv");
      List<String> rows = new ArrayList<>(List.of("url"));
      for (int number = 0; number < 200; number++) {
        rows.add(server.url(number + ".jpg"));
      }
      Files.write(csv, rows);
      String[] args = {
        "scan", "--json", "--allow-private", "--out", out.toString(), csv.toString()
      };

      Command stopped = Command.start(folder, args);
      await().atMost(Duration.ofSeconds(60)).until(() -> judged(stopped.errors()) > 0);
      stopped.interrupt();
      int exitCode = stopped.await();
      Command resumed = Command.run(folder, args);

      assertThat(exitCode).isEqualTo(130);
      assertThat(stopped.errors()).contains("The same command goes on");
      assertThat(resumed.exitCode()).as(resumed.errors()).isZero();
      assertThat(JSON.readTree(resumed.output()).get("unique").asInt()).isEqualTo(200);
      Topic.read(out.resolve(".data")).assertOneVerdictForEachOf(200);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 500, 1000, 2000})
  void ctrlCWhileItStartsStopsInOrderToo(int millis) throws Exception {
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    Files.write(pictures.resolve("a.jpg"), Pictures.jpeg(1));
    String[] args = {"scan", "--json", "--out", out.toString(), pictures.toString()};

    Command stopped = Command.start(folder, args);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> Files.exists(out.resolve(".data").resolve("kafka")));
    // Somewhere between the broker's first step and the app's last one.
    TimeUnit.MILLISECONDS.sleep(millis);
    stopped.interrupt();

    assertThat(stopped.await()).as(stopped.errors()).isEqualTo(130);
    assertThat(stopped.errors()).contains("The same command goes on").doesNotContain("hard way");
    Command resumed = Command.run(folder, args);
    assertThat(resumed.exitCode()).as(resumed.errors()).isZero();
  }

  /** The number of judged images in the last progress line. */
  private static int judged(String errors) {
    return errors
        .lines()
        .filter(line -> line.contains(" images, "))
        .map(line -> line.substring(0, line.indexOf(" of ")))
        .mapToInt(Integer::parseInt)
        .max()
        .orElse(0);
  }
}
