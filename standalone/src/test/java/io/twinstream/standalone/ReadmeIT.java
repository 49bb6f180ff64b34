package io.twinstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the README, as they stand there, through the launcher. */
class ReadmeIT {
  private static final Pattern SHELL_BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final long TIMEOUT_S = 300;

  @TempDir private Path folder;

  @Test
  void theCommandsOfTheReadmeWork() throws Exception {
    Path project = Path.of("..").toRealPath();
    List<String> blocks =
        SHELL_BLOCK
            .matcher(Files.readString(project.resolve("README.md")))
            .results()
            .map(MatchResult::group)
            .map(block -> block.substring("```sh\n".length(), block.length() - "```".length()))
            .map(block -> block.replace("/tmp/", folder + "/"))
            .toList();

    String output = "";
    for (String block : blocks) {
      output += run(project, block);
    }

    assertThat(blocks).hasSize(5);
    assertThat(output)
        .contains(
            "duplicates in 50 groups, 0 failed",
            "not alike at radius",
            "\"decoder\":\"opencv\"",
            "no longer duplicates",
            "radius 77 -> 10");
    assertThat(folder.resolve("report/sweep.svg")).exists();
    assertThat(folder.resolve("report/duplicates.json")).exists();
    assertThat(folder.resolve("report/duplicates.xlsx")).exists();
    assertThat(folder.resolve("report/failed_downloads.xlsx")).exists();
    assertThat(folder.resolve("rows-report/image_report.csv")).exists();
  }

  private String run(Path project, String block) throws IOException, InterruptedException {
    Path log = Files.createTempFile(folder, "block", ".txt");
    Process shell =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", block)
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(shell.waitFor(TIMEOUT_S, TimeUnit.SECONDS)).as("%s has finished", block).isTrue();
    assertThat(shell.exitValue()).as(Files.readString(log)).isZero();
    return Files.readString(log);
  }
}
