package io.twinstream.standalone.bench;

import io.twinstream.standalone.engine.BrokenException;
import io.twinstream.standalone.engine.ChildProcess;
import io.twinstream.standalone.engine.ChildProcess.Launcher;
import io.twinstream.standalone.engine.FreePorts;
import io.twinstream.standalone.operate.RunningIndexes;
import io.twinstream.standalone.service.IndexPages.InstanceIndex;
import io.twinstream.standalone.service.IndexPages.PartitionIndex;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** {@code twinstream stream} as a process of its own, which can be killed. */
final class StreamProcess implements AutoCloseable {
  private static final long LOOK_MS = 20;
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(60);

  private final ChildProcess process;
  private final RunningIndexes indexes;

  private StreamProcess(ChildProcess process, int port) {
    this.process = process;
    this.indexes = new RunningIndexes("http://localhost:" + port);
  }

  /**
   * Starts it with the Java and the flags of this process.
   *
   * @param mainClass of the command line
   * @param log takes what it prints
   */
  static StreamProcess start(String mainClass, Path log, List<String> options) {
    int port = FreePorts.some(1).getFirst();
    List<String> command = new ArrayList<>(List.of("stream", "--health-port=" + port));
    command.addAll(options);
    return new StreamProcess(Launcher.same(mainClass).start(log, command), port);
  }

  /**
   * Waits until it has so many images.
   *
   * @return how it is then
   * @throws BrokenException if it ends before that
   */
  PartitionIndex await(long images) {
    return awaitUntil(index ->
            !index.partitions().isEmpty() && index.partitions().getFirst().images() >= images)
        .partitions()
        .getFirst();
  }

  /** Waits until it runs, with or without anything to do. */
  void awaitReady() {
    awaitUntil(_ -> true);
  }

  private InstanceIndex awaitUntil(Predicate<InstanceIndex> good) {
    while (true) {
      Optional<InstanceIndex> index = look().filter(good);
      if (index.isPresent()) {
        return index.get();
      }
      sleep();
    }
  }

  /** Whether it matches, and has so many images. */
  boolean has(long images) {
    return look()
        .filter(index -> !index.partitions().isEmpty())
        .filter(index -> index.partitions().getFirst().images() >= images)
        .isPresent();
  }

  /** Whether it has a copy of what another one has, and that is whole. */
  boolean hasStandby() {
    return look()
        .filter(index -> !index.standbys().isEmpty())
        .filter(index -> index.standbys().getFirst().hasAll())
        .isPresent();
  }

  /** Empty while it can't tell. */
  private Optional<InstanceIndex> look() {
    if (!process.isAlive()) {
      throw new BrokenException("the instance has ended by itself:\n" + process.lastWords());
    }
    try {
      return Optional.of(indexes.status());
    } catch (BrokenException e) {
      return Optional.empty();
    }
  }

  static void sleep() {
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
    process.kill();
    indexes.close();
  }

  /** Stops it in order. */
  @Override
  public void close() {
    process.stop(STOPS_WITHIN);
    indexes.close();
  }
}
