package io.twinstream.worker;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at all workers every {@value #TICK_MS} ms, on one thread, for those that take too long or
 * too much. Thread-safe.
 */
final class WorkerWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerWatch.class);
  private static final long TICK_MS = 50;

  private final Set<Worker> workers = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("decoder-watch").daemon().factory());

  private final ScheduledFuture<?> ticking =
      timer.scheduleWithFixedDelay(this::look, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);

  /** Looks after a worker until that has ended. */
  void add(Worker worker) {
    workers.add(worker);
  }

  private void look() {
    workers.removeIf(worker -> !look(worker));
  }

  private static boolean look(Worker worker) {
    try {
      return worker.look(System.nanoTime());
    } catch (RuntimeException | Error e) {
      // Thrown further, it would end all further looks without a word, at all the others too.
      LOG.error("Looking after a decoder failed", e);
      return true;
    }
  }

  @Override
  public void close() {
    ticking.cancel(false);
    timer.shutdownNow();
  }
}
