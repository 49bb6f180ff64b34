package io.twinstream.worker;

import io.twinstream.fingerprint.FingerprintOutcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** What tests of pools share. */
final class Pools {
  static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  /** Two workers with time for whatever a busy machine does, and little memory. */
  static final WorkerSettings SETTINGS =
      new WorkerSettings(2, Duration.ofSeconds(30), Duration.ofSeconds(30), 64 << 20, 400 << 20);

  private Pools() {}

  static WorkerSettings one() {
    return withWorkers(1);
  }

  static WorkerSettings withWorkers(int workers) {
    return new WorkerSettings(
        workers,
        SETTINGS.deadline(),
        SETTINGS.start(),
        SETTINGS.heapBytes(),
        SETTINGS.residentBytes());
  }

  static WorkerSettings withTimes(Duration deadline, Duration start) {
    return new WorkerSettings(1, deadline, start, SETTINGS.heapBytes(), SETTINGS.residentBytes());
  }

  static WorkerCommand rogue(WorkerSettings settings, String manner) {
    return rogue(JAVA, settings, manner);
  }

  static WorkerCommand rogue(Path java, WorkerSettings settings, String manner) {
    return new WorkerCommand(
        java, RogueWorker.class.getName(), settings, Map.of(RogueWorker.MANNER, manner));
  }

  static WorkerCommand drilled(WorkerSettings settings, String drill) {
    return new WorkerCommand(
        JAVA, WorkerMain.class.getName(), settings, Map.of(Drill.VARIABLE, drill));
  }

  static FingerprintOutcome ask(WorkerPool pool, String what) {
    try {
      return pool.fingerprint(what.getBytes(StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
