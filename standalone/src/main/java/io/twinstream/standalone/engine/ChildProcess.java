package io.twinstream.standalone.engine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command of Twinstream as a process of its own, to which anything may happen. Thread-safe. */
public final class ChildProcess {
  private static final int LAST_LINES = 100;

  private final Process process;
  private final Path log;

  private ChildProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * What is started.
   *
   * @param program all that comes before the command and its options
   */
  public record Launcher(List<String> program) {
    public Launcher {
      program = List.copyOf(program);
    }

    /**
     * This program, with the Java and the flags of this process.
     *
     * @param mainClass of the command line
     * @param flags more of Java's
     */
    public static Launcher same(String mainClass, String... flags) {
      List<String> line = new ArrayList<>();
      line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      line.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
      line.addAll(List.of(flags));
      line.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
      return new Launcher(line);
    }

    /** The same, with something before it that turns into it by {@code exec}. */
    public Launcher within(List<String> before) {
      List<String> line = new ArrayList<>(before);
      line.addAll(program);
      return new Launcher(line);
    }

    /**
     * Starts it.
     *
     * @param log takes what it prints, after what is there
     * @param command its name and its options
     * @throws BrokenException if it can't be started
     */
    public ChildProcess start(Path log, List<String> command) {
      List<String> line = new ArrayList<>(program);
      line.addAll(command);
      try {
        return new ChildProcess(
            new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start(),
            log);
      } catch (IOException e) {
        throw new BrokenException(
            "can't start %s: %s".formatted(line.getFirst(), e.getMessage()), e);
      }
    }
  }

  /** The id of the process. */
  public long pid() {
    return process.pid();
  }

  /** Whether it has not ended yet. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * How it has ended.
   *
   * @throws IllegalThreadStateException if it hasn't
   */
  public int exitCode() {
    return process.exitValue();
  }

  /** The last lines of what it has printed. */
  public String lastWords() {
    try {
      // Whatever its bytes are: a process may have died in the middle of a character.
      List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return "its log can't be read: " + e.getMessage();
    }
  }

  /** Kills it, as by {@code kill -9}, and waits until it is gone. */
  public void kill() {
    process.destroyForcibly();
    await(process);
  }

  /**
   * Stops it by SIGTERM, and kills it if it takes longer than that.
   *
   * @return whether it has stopped by itself
   */
  public boolean stop(Duration patience) {
    process.destroy();
    try {
      if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    kill();
    return false;
  }

  /**
   * Sends it a signal that Java has no name for.
   *
   * @param signal such as {@code STOP}
   */
  public void signal(String signal) {
    if (!process.isAlive()) {
      return;
    }
    try {
      await(
          new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start());
    } catch (IOException e) {
      throw new BrokenException("can't run kill: " + e.getMessage(), e);
    }
  }

  /**
   * Kills what it has started itself.
   *
   * @return how many these were
   */
  public int killChildren() {
    List<ProcessHandle> children = process.children().toList();
    children.forEach(ProcessHandle::destroyForcibly);
    return children.size();
  }

  private static void await(Process process) {
    boolean interrupted = false;
    while (process.isAlive()) {
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
