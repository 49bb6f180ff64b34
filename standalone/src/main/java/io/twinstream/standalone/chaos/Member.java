package io.twinstream.standalone.chaos;

import io.twinstream.standalone.engine.ChildProcess;
import io.twinstream.standalone.engine.ChildProcess.Launcher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/**
 * A broker or an instance, which is started again as often as it takes. Whoever does anything to it
 * holds {@link #lock}, but for {@link #end()}.
 */
final class Member {
  /** An instance needs 30 s at most. */
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(60);

  final ReentrantLock lock = new ReentrantLock();
  private final String name;
  private final List<Launcher> builds;
  private final Path log;
  private final IntFunction<List<String>> command;
  private final BooleanSupplier answers;
  // Written by the thread that holds the lock.
  private volatile ChildProcess process;
  private volatile boolean wanted;
  private volatile boolean ready;
  private volatile long startedAt;
  private int starts;
  private boolean ended;

  /**
   * @param builds one after the other, at each start
   * @param log takes what it prints
   * @param command its name and its options, by how often it was started before
   * @param answers whether it is ready
   */
  Member(
      String name,
      List<Launcher> builds,
      Path log,
      IntFunction<List<String>> command,
      BooleanSupplier answers) {
    this.name = name;
    this.builds = List.copyOf(builds);
    this.log = log;
    this.command = command;
    this.answers = answers;
  }

  String name() {
    return name;
  }

  /** Starts it, unless it was ended. */
  synchronized void start() {
    if (ended) {
      return;
    }
    process = builds.get(starts % builds.size()).start(log, command.apply(starts));
    starts++;
    startedAt = System.nanoTime();
    ready = false;
    wanted = true;
  }

  void kill() {
    wanted = false;
    process.kill();
  }

  /** Kills it, if it runs, and keeps it from being started ever again; safe from any thread. */
  synchronized void end() {
    ended = true;
    wanted = false;
    if (process != null) {
      process.kill();
    }
  }

  /** In order, if it takes no longer than it may. */
  boolean stop() {
    wanted = false;
    return process.stop(STOPS_WITHIN);
  }

  ChildProcess process() {
    return process;
  }

  /** What it has said last, stack traces left out. */
  String lastWords() {
    return process
        .lastWords()
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("\t") && !line.startsWith("Caused by"))
        .reduce("", (_, line) -> line);
  }

  /** Whether it has ended, and nobody wanted that. */
  boolean hasFailed() {
    return wanted && !process.isAlive();
  }

  /** Whether it is ready, as far as is known. */
  boolean isReady() {
    return ready;
  }

  /** Asks whether it has become ready, which is said once after each start. */
  boolean hasBecomeReady() {
    if (ready || !wanted || !process.isAlive() || !answers.getAsBoolean()) {
      return false;
    }
    ready = true;
    return true;
  }

  Duration sinceStart() {
    return Duration.ofNanos(System.nanoTime() - startedAt);
  }
}
