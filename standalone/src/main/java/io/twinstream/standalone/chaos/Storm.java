package io.twinstream.standalone.chaos;

import io.twinstream.standalone.chaos.Schedule.Step;
import io.twinstream.standalone.engine.BrokenException;
import io.twinstream.standalone.engine.StoppedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/** Does what the schedule says to brokers and instances. */
final class Storm implements AutoCloseable {
  private static final Duration LOOKS_EVERY = Supervisor.LOOKS_EVERY;
  private static final Duration DECODERS_WITHIN = Duration.ofMinutes(3);
  private static final Duration FULL_FOR = Duration.ofSeconds(20);
  private static final Duration IN_SYNC_WITHIN = Duration.ofSeconds(60);

  private final Brokers brokers;
  private final Fleet fleet;
  private final List<Member> instances;
  private final Supervisor supervisor;
  private final Journal journal;
  private final CountDownLatch stop;
  private final Random random;
  private final ReentrantLock oneBroker = new ReentrantLock();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param instances that are there all the time
   * @param stop ends it before its time
   */
  Storm(
      Brokers brokers,
      Fleet fleet,
      List<Member> instances,
      Supervisor supervisor,
      Journal journal,
      CountDownLatch stop,
      long seed) {
    this.brokers = brokers;
    this.fleet = fleet;
    this.instances = List.copyOf(instances);
    this.supervisor = supervisor;
    this.journal = journal;
    this.stop = stop;
    this.random = new Random(seed);
  }

  /** Does all of it, and returns when it is mended again. */
  void run(Schedule schedule) {
    long start = System.nanoTime();
    List<Future<?>> done = new ArrayList<>();
    for (Step step : schedule.steps()) {
      pause(step.at().minusNanos(System.nanoTime() - start));
      done.add(threads.submit(() -> perform(step)));
    }
    for (Future<?> one : done) {
      await(one);
    }
  }

  private void await(Future<?> fault) {
    while (true) {
      try {
        fault.get(LOOKS_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException e) {
        pause(Duration.ZERO);
      } catch (ExecutionException e) {
        throw new BrokenException("a fault could not be made: " + e.getCause(), e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoppedException();
      }
    }
  }

  private void perform(Step step) {
    try {
      if (step.fault().isOfBroker()) {
        harmBroker(step);
      } else if (step.fault() == Fault.VISIT) {
        visit(step);
      } else if (step.fault() == Fault.FILL_DISK) {
        fillDisk(step);
      } else {
        harmInstance(step, instances.get(step.target()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void harmInstance(Step step, Member member) throws InterruptedException {
    member.lock.lock();
    try {
      tell(step, member);
      switch (step.fault()) {
        case KILL -> member.kill();
        case KILL_AND_LOSE -> {
          member.kill();
          fleet.lose(member);
        }
        case KILL_AND_LEAVE -> {
          member.kill();
          Thread.sleep(step.lasting());
        }
        case STOP -> stop(member);
        case PAUSE -> {
          member.process().signal("STOP");
          Thread.sleep(step.lasting());
          member.process().signal("CONT");
          return;
        }
        case KILL_DECODERS -> {
          killDecoders(member);
          return;
        }
        default -> throw new IllegalStateException(step.fault().name());
      }
      member.start();
    } finally {
      member.lock.unlock();
    }
  }

  /** They come a while after the instance itself. */
  private void killDecoders(Member member) throws InterruptedException {
    long start = System.nanoTime();
    while (member.process().killChildren() == 0) {
      if (System.nanoTime() - start > DECODERS_WITHIN.toNanos()) {
        throw new BrokenException(member.name() + " has no decoders");
      }
      Thread.sleep(LOOKS_EVERY);
    }
  }

  private void stop(Member member) {
    if (!member.stop()) {
      journal.saw(member.name() + " did not stop in order and was killed");
    }
  }

  /** One at a time, and only while all are in sync: more may not be lost. */
  private void harmBroker(Step step) throws InterruptedException {
    Member member = brokers.members().get(step.target());
    oneBroker.lock();
    try {
      if (!brokers.awaitSync(IN_SYNC_WITHIN)) {
        journal.saw("the brokers are not in sync after a minute");
      }
      member.lock.lock();
      try {
        tell(step, member);
        switch (step.fault()) {
          case KILL_BROKER -> member.kill();
          case STOP_BROKER -> stop(member);
          case SLOW_BROKER -> {
            slow(member, step.lasting());
            return;
          }
          default -> throw new IllegalStateException(step.fault().name());
        }
        Thread.sleep(step.lasting());
        member.start();
      } finally {
        member.lock.unlock();
      }
    } finally {
      oneBroker.unlock();
    }
  }

  private void slow(Member member, Duration lasting) throws InterruptedException {
    long end = System.nanoTime() + lasting.toNanos();
    try {
      while (System.nanoTime() < end) {
        member.process().signal("STOP");
        Thread.sleep(random.nextInt(100, 900));
        member.process().signal("CONT");
        Thread.sleep(random.nextInt(50, 300));
      }
    } finally {
      member.process().signal("CONT");
    }
  }

  private void visit(Step step) throws InterruptedException {
    Member visitor = fleet.add();
    visitor.lock.lock();
    try {
      tell(step, visitor);
      visitor.start();
      supervisor.add(visitor);
    } finally {
      visitor.lock.unlock();
    }
    Thread.sleep(step.lasting());
    visitor.lock.lock();
    try {
      stop(visitor);
      supervisor.remove(visitor);
    } finally {
      visitor.lock.unlock();
    }
  }

  private void fillDisk(Step step) throws InterruptedException {
    Optional<Fleet.Cramped> cramped = fleet.addCramped();
    if (cramped.isEmpty()) {
      journal.saw("no disk can be filled here: that takes Linux and the right to mount a tmpfs");
      return;
    }
    Member visitor = cramped.get().member();
    tell(step, visitor);
    visitor.start();
    try {
      Thread.sleep(step.lasting());
      if (!cramped.get().disk().fill(visitor.process())) {
        journal.saw("%s has no disk of its own to be filled".formatted(visitor.name()));
        return;
      }
      long full = System.nanoTime();
      while (System.nanoTime() - full < FULL_FOR.toNanos() && visitor.process().isAlive()) {
        Thread.sleep(LOOKS_EVERY);
      }
      boolean stayed = visitor.process().isAlive();
      // What RocksDB has kept in memory has to go to the disk then.
      stop(visitor);
      journal.saw(
          "%s, its disk full, ended %s with exit code %d: %s"
              .formatted(
                  visitor.name(),
                  stayed ? "by SIGTERM" : "by itself",
                  visitor.process().exitCode(),
                  visitor.lastWords()));
    } finally {
      visitor.kill();
    }
  }

  private void tell(Step step, Member member) {
    journal.did(step.fault(), step.fault().told(member.name(), step.lasting()));
  }

  private void pause(Duration time) {
    try {
      if (stop.await(Math.max(0, time.toMillis()), TimeUnit.MILLISECONDS)) {
        throw new StoppedException();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException();
    }
  }

  /** Breaks off what is still going on. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
