package io.twinstream.standalone.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinstream.schema.Orientation;
import io.twinstream.schema.Verdict;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command from outside: processes, files, exit codes. */
class ScanIT {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path folder;
  private Path pictures;
  private Path out;

  @BeforeEach
  void prepare() throws IOException {
    pictures = Files.createDirectory(folder.resolve("pictures"));
    out = folder.resolve("out");
  }

  @Test
  void aFolderIsJudgedAndGrouped() throws Exception {
    for (int seed = 0; seed < 12; seed++) {
      write(String.format(Locale.ROOT, "scene-%02d.jpg", seed), Pictures.jpeg(seed));
    }
    write("sub/copy of 3.jpg", Pictures.jpeg(3));
    write("sub/3 as png", Pictures.png(3));
    write("sub/ü 7 #.png", Pictures.png(7));
    write("notes.txt", "no picture".getBytes(StandardCharsets.UTF_8));
    write("text.jpg", "no picture".getBytes(StandardCharsets.UTF_8));
    write("empty.png", new byte[0]);

    Command scan = scan("--json", pictures.toString());

    assertThat(scan.exitCode()).isEqualTo(3);
    JsonNode summary = JSON.readTree(scan.output());
    assertThat(summary.get("images").asInt()).isEqualTo(17);
    assertThat(summary.get("unique").asInt()).isEqualTo(12);
    assertThat(summary.get("duplicates").asInt()).isEqualTo(3);
    assertThat(summary.get("failed").asInt()).isEqualTo(2);
    assertThat(summary.get("skipped").asInt()).isEqualTo(1);
    assertThat(summary.get("reasons").toString()).isEqualTo("{\"not-an-image\":2}");
    assertThat(groups())
        .containsExactlyInAnyOrder(
            Set.of("pictures/scene-03.jpg", "pictures/sub/3 as png", "pictures/sub/copy of 3.jpg"),
            Set.of("pictures/scene-07.jpg", "pictures/sub/ü 7 #.png"));
    assertThat(Files.readAllLines(out.resolve("image_report.csv"))).hasSize(1 + 17);
  }

  @Test
  void aPictureInAllOrientationsIsOneGroupAndTheReportSaysHowEachIsTurned() throws Exception {
    Path ways = Files.createDirectory(folder.resolve("turned"));
    for (Orientation way : Orientation.values()) {
      Files.write(ways.resolve(way + ".png"), Pictures.encode(turned(way), "png"));
    }

    Command scan = scan("--json", "--orientations", "all", ways.toString());

    assertThat(scan.exitCode()).as(scan.errors()).isZero();
    JsonNode groups = JSON.readTree(out.resolve("duplicates.json").toFile()).get("groups");
    assertThat(groups).hasSize(1);
    Orientation first = Orientation.of(name(groups.at("/0/original")));
    assertThat(groups.at("/0/members"))
        .hasSize(8)
        .allSatisfy(member -> {
          Orientation way = Orientation.of(member.path("orientation").asText("upright"));
          Orientation here = Orientation.of(name(member.get("id")));
          assertThat(Pictures.encode(turned(turned(here), way), "png"))
              .isEqualTo(Pictures.encode(turned(first), "png"));
        });
  }

  private static String name(JsonNode id) {
    return Path.of(id.asText()).getFileName().toString().replace(".png", "");
  }

  private static BufferedImage turned(Orientation way) {
    return turned(Pictures.paint(8), way);
  }

  private static BufferedImage turned(BufferedImage stored, Orientation way) {
    int side = stored.getWidth();
    BufferedImage turned = new BufferedImage(side, side, stored.getType());
    for (int i = 0; i < side * side; i++) {
      int from = way.storedIndex(i % side, i / side, side, side);
      turned.setRGB(i % side, i / side, stored.getRGB(from % side, from / side));
    }
    return turned;
  }

  @Test
  void everyRowOfACsvFileHasOneVerdict() throws Exception {
    try (PictureServer server = new PictureServer(Duration.ZERO)) {
      List<String> rows = new ArrayList<>(List.of("id,store_id,frontliner_id,photo_url"));
      for (int id = 0; id < 20; id++) {
        rows.add("%d,s%d,f%d,%s".formatted(id, id % 3, id % 5, server.url(id % 15 + ".jpg")));
      }
      rows.add("20,s1,f1," + server.url("missing"));
      rows.add("21,s1,f1," + server.url("html"));
      rows.add("22,s1,f1," + server.url("flaky/99.jpg"));
      rows.add("23,s1,f1,");
      rows.add("24,s1,f1,http://127.0.0.1:1/dead.jpg");
      rows.add("25,s1,f1,local.png");
      Path csv = folder.resolve("rows.csv");
      Files.write(csv, rows);
      Files.write(folder.resolve("local.png"), Pictures.png(4));

      Command scan = scan("--json", "--allow-private", csv.toString());

      assertThat(scan.exitCode()).isEqualTo(3);
      JsonNode summary = JSON.readTree(scan.output());
      assertThat(summary.get("images").asInt()).isEqualTo(26);
      assertThat(summary.get("unique").asInt()).isEqualTo(16);
      assertThat(summary.get("duplicates").asInt()).isEqualTo(6);
      assertThat(summary.get("reasons").toString())
          .isEqualTo(
              "{\"connection-failed\":1,\"invalid-source\":1,\"not-an-image\":1,\"not-found\":1}");
      assertEveryEventHasOneVerdict(26);
    }
  }

  @Test
  void privateAddressesAreRefusedUnlessTheyAreAllowed() throws Exception {
    Path csv = folder.resolve("rows.csv");
    Files.writeString(csv, "url\nhttp://127.0.0.1:80/a.jpg\nhttp://localhost/b.jpg\n");

    Command scan = scan("--json", csv.toString());

    assertThat(scan.exitCode()).isEqualTo(3);
    assertThat(JSON.readTree(scan.output()).get("reasons").toString())
        .isEqualTo("{\"forbidden-address\":2}");
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
      assertEveryEventHasOneVerdict(images);
      assertThat(Topic.read(out.resolve(".data")).thumbnails())
          .hasSize(images)
          .doesNotHaveDuplicates();
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
      assertEveryEventHasOneVerdict(200);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 500, 1000, 2000})
  void ctrlCWhileItStartsStopsInOrderToo(int millis) throws Exception {
    write("a.jpg", Pictures.jpeg(1));
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

  @Test
  void aFurtherFolderIsJudgedAgainstWhatWasSeenBefore() throws Exception {
    Path more = Files.createDirectory(folder.resolve("more"));
    write("a.jpg", Pictures.jpeg(1));
    Files.write(more.resolve("b.png"), Pictures.png(1));
    Files.write(more.resolve("c.jpg"), Pictures.jpeg(2));

    Command first = scan("--json", pictures.toString());
    Command second = scan("--json", more.toString());
    Command otherRadius = scan("--radius", "20", more.toString());
    Command nested = scan(Files.createDirectory(more.resolve("nested")).toString());

    JsonNode summary = JSON.readTree(second.output());
    assertThat(summary.get("images").asInt()).isEqualTo(2);
    assertThat(summary.get("duplicates").asInt()).isEqualTo(1);
    assertThat(groups()).containsExactly(Set.of("pictures/a.jpg", "more/b.png"));
    assertThat(first.errors()).contains("Matching with preset loose: PDQ, radius");
    assertThat(otherRadius.exitCode()).isEqualTo(2);
    assertThat(otherRadius.errors()).contains("by PDQ at radius 20").contains("--data");
    assertThat(nested.exitCode()).isEqualTo(2);
    assertThat(nested.errors()).contains("duplicates of themselves");
  }

  @Test
  void theSameInputTwiceHasTheSameOriginalsAndOneDirectoryTakesItOnce() throws Exception {
    for (int number = 0; number < 60; number++) {
      write(String.format(Locale.ROOT, "%02d.jpg", number), Pictures.jpeg(number % 20));
    }

    scan(pictures.toString());
    String first = Files.readString(out.resolve("duplicates.json"));
    Command again =
        Command.run(
            folder,
            "scan",
            "--out",
            out.toString(),
            "--data",
            folder.resolve("other").toString(),
            pictures.toString());

    scan(pictures.toString());

    assertThat(again.exitCode()).isZero();
    // Unchanged files are not handed in again, and the report is the same.
    assertEveryEventHasOneVerdict(60);
    assertThat(Files.readString(out.resolve("duplicates.json"))).isEqualTo(first);
    assertThat(JSON.readTree(first).get("groups")).hasSize(20);
  }

  private Command scan(String... args) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("scan", "--out", out.toString()));
    line.addAll(List.of(args));
    return Command.run(folder, line.toArray(String[]::new));
  }

  private void write(String name, byte[] bytes) throws IOException {
    Path file = pictures.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
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

  private void assertEveryEventHasOneVerdict(int events) {
    Topic topics = Topic.read(out.resolve(".data"));
    assertThat(topics.events()).hasSize(events);
    assertThat(topics.verdicts().stream().map(Verdict::event))
        .containsExactlyInAnyOrderElementsOf(topics.events());
  }

  private List<Set<String>> groups() throws IOException {
    List<Set<String>> groups = new ArrayList<>();
    for (JsonNode group : JSON.readTree(out.resolve("duplicates.json").toFile()).get("groups")) {
      Set<String> members = new TreeSet<>();
      group.get("members").forEach(member -> members.add(member.get("id").asText()));
      groups.add(members);
    }
    return groups;
  }
}
