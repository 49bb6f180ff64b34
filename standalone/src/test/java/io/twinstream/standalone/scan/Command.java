package io.twinstream.standalone.scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code twinstream} as a process of its own, so that it can be killed and has an exit code. */
public final class Command {
  private static final long TIMEOUT_S = 240;

  private final Process process;
  private final Path output;
  private final Path errors;

  private Command(Process process, Path output, Path errors) {
    this.process = process;
    this.output = output;
    this.errors = errors;
  }

  public static Command start(Path folder, String... args) throws IOException {
    return start(folder, Map.of(), args);
  }

  /** With other variables in its environment. */
  public static Command start(Path folder, Map<String, String> environment, String... args)
      throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(
        List.of(
            "-Xmx512m",
            // Both start sooner.
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djava.awt.headless=true",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            "io.twinstream.standalone.Main"));
    line.addAll(List.of(args));
    Path output = Files.createTempFile(folder, "output", ".txt");
    Path errors = Files.createTempFile(folder, "errors", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectOutput(output.toFile()).redirectError(errors.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    // A test that fails may leave it behind.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return new Command(process, output, errors);
  }

  public static Command run(Path folder, String... args) throws IOException, InterruptedException {
    Command command = start(folder, args);
    command.await();
    return command;
  }

  public int await() throws InterruptedException {
    if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("not finished after %d s".formatted(TIMEOUT_S));
    }
    return process.exitValue();
  }

  public int exitCode() {
    return process.exitValue();
  }

  public boolean isRunning() {
    return process.isAlive();
  }

  /** As by {@code kill -9}. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    await();
  }

  /** As by a container engine. */
  public void terminate() {
    process.destroy();
  }

  /** As by Ctrl-C. */
  public void interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
  }

  public String output() throws IOException {
    return Files.readString(output);
  }

  public String errors() throws IOException {
    return Files.readString(errors);
  }
}
