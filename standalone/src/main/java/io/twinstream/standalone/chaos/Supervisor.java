package io.twinstream.standalone.chaos;

import io.twinstream.standalone.engine.BrokenException;
import io.twinstream.standalone.engine.StoppedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Starts again what has ended by itself, as whoever runs services would, and tells what becomes
 * ready. Thread-safe.
 */
final class Supervisor implements AutoCloseable {
  static final Duration LOOKS_EVERY = Duration.ofMillis(250);
  private static final Duration READY_WITHIN = Duration.ofMinutes(3);

  private final Journal journal;
  private final CountDownLatch stop;
  private final List<Member> members = new CopyOnWriteArrayList<>();
  private volatile Thread watch;
  private volatile RuntimeException failure;

  /**
   * @param stop ends all waiting
   */
  Supervisor(Journal journal, CountDownLatch stop) {
    this.journal = journal;
    this.stop = stop;
  }

  void begin() {
    watch = Thread.startVirtualThread(this::watch);
  }

  void add(Member member) {
    members.add(member);
  }

  void remove(Member member) {
    members.remove(member);
  }

  private void watch() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        members.forEach(this::look);
        Thread.sleep(LOOKS_EVERY);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private void look(Member member) {
    if (!member.lock.tryLock()) {
      return;
    }
    try {
      if (member.hasFailed()) {
        journal.saw(
            "%s ended by itself with exit code %d; started again. Its last words: %s"
                .formatted(member.name(), member.process().exitCode(), member.lastWords()));
        member.start();
      } else if (member.hasBecomeReady()) {
        journal.saw(
            "%s is ready, %.1f s after its start"
                .formatted(member.name(), member.sinceStart().toMillis() / 1000.0));
      }
    } finally {
      member.lock.unlock();
    }
  }

  /**
   * Waits until some are ready.
   *
   * @throws BrokenException if one does not become so
   * @throws StoppedException if it was stopped
   */
  void awaitReady(List<Member> some) {
    long start = System.nanoTime();
    while (!some.stream().allMatch(Member::isReady)) {
      if (failure != null) {
        throw new BrokenException("a process can't be looked after: " + failure, failure);
      }
      if (System.nanoTime() - start > READY_WITHIN.toNanos()) {
        throw new BrokenException(
            "an instance has not become ready within %d s".formatted(READY_WITHIN.toSeconds()));
      }
      try {
        if (stop.await(LOOKS_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new StoppedException();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoppedException();
      }
    }
  }

  @Override
  public void close() {
    rest();
  }

  /** Looks after them no more. */
  void rest() {
    if (watch != null) {
      watch.interrupt();
    }
  }
}
