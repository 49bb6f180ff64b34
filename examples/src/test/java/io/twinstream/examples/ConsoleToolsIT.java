package io.twinstream.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.kafka.tools.ConsoleProducer;
import org.apache.kafka.tools.consumer.ConsoleConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the page, as they stand there, with the real tools against a running app. */
class ConsoleToolsIT {
  private static final Pattern SHELL_BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void theCommandsOfThePageWork() throws Exception {
    List<String> blocks =
        SHELL_BLOCK
            .matcher(Files.readString(Path.of("console-tools.md")))
            .results()
            .map((MatchResult match) -> match.group(1))
            .toList();
    Path pictures = Files.createDirectories(folder.resolve("pictures"));
    new Pictures(pictures).paint("beach.jpg", 1);
    tool("kafka-console-producer.sh", ConsoleProducer.class);
    tool("kafka-console-consumer.sh", ConsoleConsumer.class);
    assertThat(blocks).hasSize(4);

    try (RunningTwinstream twinstream = RunningTwinstream.start(folder, pictures)) {
      run(twinstream, blocks.get(0));
      String verdicts = run(twinstream, blocks.get(1));
      run(twinstream, blocks.get(2));
      String state = run(twinstream, blocks.get(3));

      assertThat(verdicts)
          .contains("shop-7/4711\t{\"verdict\":\"", "shop-7/4712\t{\"verdict\":\"")
          .contains("{\"verdict\":\"unique\"", "{\"verdict\":\"duplicate-found\"")
          .doesNotContain("download-failed");
      assertThat(state).contains("NO_HEADERS\tshop-7/4711\tremoved");
    }
  }

  /** A script of the name that Kafka's has. */
  private void tool(String name, Class<?> main) throws IOException {
    Path script =
        Files.writeString(
            folder.resolve(name),
            "#!/bin/sh\nexec '%s' -cp '%s' %s \"$@\"\n"
                .formatted(
                    Path.of(System.getProperty("java.home"), "bin", "java"),
                    System.getProperty("java.class.path"),
                    main.getName()));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  private String run(RunningTwinstream twinstream, String block)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile(folder, "block", ".txt");
    ProcessBuilder shell =
        new ProcessBuilder(
            "bash",
            "-euo",
            "pipefail",
            "-c",
            block
                .replace("localhost:9092", twinstream.bootstrapServers())
                .replace("/tmp/", folder + "/"));
    shell.environment().merge("PATH", folder.toString(), (path, first) -> first + ":" + path);
    Process process = shell.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("%s has finished", block).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    return Files.readString(log);
  }
}
