package io.twinstream.standalone.bench;

import io.twinstream.standalone.engine.BrokenException;
import io.twinstream.standalone.operate.RunningIndexes;
import io.twinstream.standalone.service.IndexPages.InstanceIndex;
import io.twinstream.standalone.service.IndexPages.PartitionIndex;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code twinstream stream} as a process of its own, which can be killed. */
final class StreamProcess implements AutoCloseable {
  private static final long LOOK_MS = 20;
  private static final int LAST_LINES = 10;
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(60);

  private final Process process;
  private final Path log;
  private final RunningIndexes indexes;

  private StreamProcess(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.indexes = new RunningIndexes("http://localhost:" + port);
  }

  /**
   * Starts it with the Java and the flags of this process.
   *
   * @param mainClass of the command line
   * @param log takes what it prints
   */
  static StreamProcess start(String mainClass, Path log, List<String> options) {
    try {
      int port = freePort();
      List<String> line = new ArrayList<>();
      line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      line.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
      line.addAll(
          List.of(
              "-cp",
              System.getProperty("java.class.path"),
              mainClass,
              "stream",
              "--health-port=" + port));
      line.addAll(options);
      ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      return new StreamProcess(builder.start(), log, port);
    } catch (IOException e) {
      throw new BrokenException("can't start an instance: " + e.getMessage(), e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  /**
   * Waits until it has so many images.
   *
   * @return how it is then
   * @throws BrokenException if it ends before that
   */
  PartitionIndex await(long images) {
    while (true) {
      PartitionIndex index = look();
      if (index != null && index.images() >= images) {
        return index;
      }
      sleep();
    }
  }

  /** Null if it can't tell yet. */
  private PartitionIndex look() {
    if (!process.isAlive()) {
      throw new BrokenException("the instance has ended by itself:\n" + lastWords());
    }
    try {
      InstanceIndex status = indexes.status();
      return status.partitions().isEmpty() ? null : status.partitions().getFirst();
    } catch (BrokenException e) {
      return null;
    }
  }

  /** The log itself may be gone when somebody wants to read it. */
  private String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return "its log can't be read: " + e.getMessage();
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(LOOK_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrokenException("interrupted", e);
    }
  }

  RunningIndexes indexes() {
    return indexes;
  }

  /** Kills it, as by {@code kill -9}. */
  void kill() {
    end(process.destroyForcibly());
    indexes.close();
  }

  /** Stops it in order. */
  @Override
  public void close() {
    process.destroy();
    end(process);
    indexes.close();
  }

  private static void end(Process process) {
    try {
      if (!process.waitFor(STOPS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
