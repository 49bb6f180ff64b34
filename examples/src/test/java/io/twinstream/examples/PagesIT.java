package io.twinstream.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinstream.examples.quarantine.FileQuarantine;
import io.twinstream.examples.quarantine.Ruling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.tools.ConsoleProducer;
import org.apache.kafka.tools.consumer.ConsoleConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the pages, as they stand there, with the real tools against a running app. */
class PagesIT {
  private static final Pattern SHELL_BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  @TempDir private Path folder;
  private RunningTwinstream twinstream;

  @BeforeEach
  void start() throws Exception {
    Path pictures = Files.createDirectories(folder.resolve("pictures"));
    new Pictures(pictures).paint("beach.jpg", 1);
    twinstream = RunningTwinstream.start(folder, pictures);
  }

  @AfterEach
  void stop() {
    twinstream.close();
  }

  @Test
  void theCommandsOfTheConsoleToolsWork() throws Exception {
    List<String> blocks = blocks("console-tools.md");
    String classPath = System.getProperty("java.class.path");
    tool(
        "kafka-console-producer.sh",
        "-cp '%s' %s".formatted(classPath, ConsoleProducer.class.getName()));
    tool(
        "kafka-console-consumer.sh",
        "-cp '%s' %s".formatted(classPath, ConsoleConsumer.class.getName()));
    assertThat(blocks).hasSize(5);

    run(blocks.get(0));
    String verdicts = run(blocks.get(1));
    run(blocks.get(2));
    String state = run(blocks.get(3));
    String deadLetters = run(blocks.get(4));

    assertThat(verdicts)
        .contains("NO_HEADERS\tshop-7/4711\t{", "NO_HEADERS\tshop-7/4712\t{")
        .contains("{\"verdict\":\"unique\"", "{\"verdict\":\"duplicate-found\"")
        .doesNotContain("download-failed");
    assertThat(state).contains("shop-7/4711\tremoved", "shop-7/4712\t{");
    assertThat(deadLetters)
        .contains("__streams.errors.message:the value at line 1", "shop-7/4713\tbeach.jpg");
  }

  @Test
  void theCommandsOfTheReadmeWork() throws Exception {
    List<String> blocks = blocks("README.md");
    tool("java", "");
    // The first is the build, which this is a part of.
    assertThat(blocks).hasSize(3);

    String events = run(blocks.get(1));
    Process consumer = shell("exec " + blocks.get(2), folder.resolve("consumer.txt"));
    FileQuarantine quarantine = new FileQuarantine(folder.resolve("quarantine"));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            Stream.of("shop-7/4711", "shop-7/4712")
                    .filter(image -> find(quarantine, image) instanceof Ruling.Hold)
                    .count()
                == 1);
    consumer.destroy();

    assertThat(events).containsPattern("image-metadata-\\d@0");
    assertThat(consumer.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(folder.resolve("consumer.txt")).content().contains("stopped; passed over 0 records");
  }

  private static Ruling find(FileQuarantine quarantine, String image) {
    try {
      return quarantine.find(image).orElse(null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> blocks(String page) throws IOException {
    return SHELL_BLOCK
        .matcher(Files.readString(Path.of(page)))
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }

  /** A command of the name that the page has, which runs Java. */
  private void tool(String name, String arguments) throws IOException {
    Path script =
        Files.writeString(
            folder.resolve(name), "#!/bin/sh\nexec '%s' %s \"$@\"\n".formatted(JAVA, arguments));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  private String run(String block) throws IOException, InterruptedException {
    Path log = Files.createTempFile(folder, "block", ".txt");
    Process process = shell(block, log);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("%s has finished", block).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    return Files.readString(log);
  }

  private Process shell(String block, Path log) throws IOException {
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
    return shell
        .directory(Path.of("..").toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }
}
