package io.twinstream.standalone.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** How long each phase of a run took. Thread-safe. */
public final class Timings {
  private final List<Phase> phases = new ArrayList<>();

  /** A phase; phases may overlap. */
  public record Phase(String name, Duration duration) {}

  /** Does something and notes how long it took, also if it fails. */
  public <T> T time(String name, Supplier<T> action) {
    long start = System.nanoTime();
    try {
      return action.get();
    } finally {
      add(name, Duration.ofNanos(System.nanoTime() - start));
    }
  }

  /** Notes a phase. */
  public synchronized void add(String name, Duration duration) {
    phases.add(new Phase(name, duration));
  }

  /** What was noted so far, in the order in which phases ended. */
  public synchronized List<Phase> phases() {
    return List.copyOf(phases);
  }
}
