package io.twinstream.standalone.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One data directory and several scans, and the same scan with another. */
class RepeatedScanIT {
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
  void aFurtherFolderIsJudgedAgainstWhatWasSeenBefore() throws Exception {
    Path more = Files.createDirectory(folder.resolve("more"));
    Files.write(pictures.resolve("a.jpg"), Pictures.jpeg(1));
    Files.write(more.resolve("b.png"), Pictures.png(1));
    Files.write(more.resolve("c.jpg"), Pictures.jpeg(2));

    Command first = scan("--json", pictures.toString());
    Command second = scan("--json", more.toString());
    Command otherRadius = scan("--radius", "20", more.toString());
    Command nested = scan(Files.createDirectory(more.resolve("nested")).toString());

    JsonNode summary = JSON.readTree(second.output());
    assertThat(summary.get("images").asInt()).isEqualTo(2);
    assertThat(summary.get("duplicates").asInt()).isEqualTo(1);
    assertThat(ReportedGroups.in(out)).containsExactly(Set.of("pictures/a.jpg", "more/b.png"));
    assertThat(first.errors()).contains("Matching with preset loose: PDQ, radius");
    assertThat(otherRadius.exitCode()).isEqualTo(2);
    assertThat(otherRadius.errors()).contains("by PDQ at radius 20").contains("--data");
    assertThat(nested.exitCode()).isEqualTo(2);
    assertThat(nested.errors()).contains("duplicates of themselves");
  }

  @Test
  void theSameInputTwiceHasTheSameOriginalsAndOneDirectoryTakesItOnce() throws Exception {
    for (int number = 0; number < 60; number++) {
      Files.write(
          pictures.resolve(String.format(Locale.ROOT, "%02d.jpg", number)),
          Pictures.jpeg(number % 20));
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
    Topic.read(out.resolve(".data")).assertOneVerdictForEachOf(60);
    assertThat(Files.readString(out.resolve("duplicates.json"))).isEqualTo(first);
    assertThat(JSON.readTree(first).get("groups")).hasSize(20);
  }

  private Command scan(String... args) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("scan", "--out", out.toString()));
    line.addAll(List.of(args));
    return Command.run(folder, line.toArray(String[]::new));
  }
}
