package io.twinstream.standalone.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinstream.schema.Orientation;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    assertThat(ReportedGroups.in(out))
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
      Topic.read(out.resolve(".data")).assertOneVerdictForEachOf(26);
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
}
