package io.twinstream.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A command of the machine, run in the project's root.
 *
 * @param words the program and its arguments
 * @param environment added to that of the test
 */
record Command(List<String> words, Map<String, String> environment) {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  static Command of(String... words) {
    return new Command(List.of(words), Map.of());
  }

  Command and(List<String> more) {
    return new Command(Stream.concat(words.stream(), more.stream()).toList(), environment);
  }

  static boolean succeeds(List<String> words) {
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /**
   * Runs it and returns what it printed.
   *
   * @throws IllegalStateException if it fails or takes longer than five minutes
   */
  String run() {
    try {
      Path output = Files.createTempFile("command", ".txt");
      try {
        int code = run(output);
        String printed = Files.readString(output);
        if (code != 0) {
          throw new IllegalStateException(
              "%s ended with %d:%n%s".formatted(String.join(" ", words), code, printed));
        }
        return printed;
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private int run(Path output) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(ContainerEngine.PROJECT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(output.toFile()));
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException(
          "%s took more than %d s".formatted(String.join(" ", words), PATIENCE.toSeconds()));
    }
    return process.exitValue();
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted", e);
  }
}
