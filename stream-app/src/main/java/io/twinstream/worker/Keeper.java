package io.twinstream.worker;

import io.twinstream.fingerprint.FingerprintOutcome;
import io.twinstream.fingerprint.FingerprintOutcome.Refused;
import io.twinstream.schema.FailureReason;
import java.time.Duration;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one worker running and gives it one picture after the other, on a thread of its own, until
 * that is interrupted.
 */
final class Keeper implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

  /** After this time without a picture it is seen whether the worker is still there. */
  private static final Duration IDLE = Duration.ofSeconds(1);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  /** Between starts that fail. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  /** Between deaths: nobody should hold up others with a row of bad pictures. */
  private static final Duration LONGEST_PAUSE_OF_DEATHS = Duration.ofSeconds(1);

  private final String name;
  private final WorkerLauncher launcher;
  private final BlockingDeque<Job> queue;
  private final Tally tally;
  // In a row.
  private int failedStarts;
  private int deaths;
  // What the last worker died of, to be tried once more in a new one; null if there is nothing.
  private Job again;

  /**
   * @param name of the worker, for logs
   * @param queue where pictures come from, the first first
   */
  Keeper(String name, WorkerLauncher launcher, BlockingDeque<Job> queue, Tally tally) {
    this.name = name;
    this.launcher = launcher;
    this.queue = queue;
    this.tally = tally;
  }

  @Override
  public void run() {
    try {
      while (true) {
        keepOne();
      }
    } catch (InterruptedException e) {
      LOG.debug("{} is no longer needed", name);
    } finally {
      if (again != null) {
        again.giveUp();
      }
    }
  }

  private void keepOne() throws InterruptedException {
    Thread.sleep(
        pause(failedStarts, LONGEST_PAUSE).plus(pause(deaths - 1, LONGEST_PAUSE_OF_DEATHS)));
    tally.starting();
    long since = System.nanoTime();
    try (Worker worker = launcher.launch(name)) {
      failedStarts = 0;
      LOG.info(
          "{} is ready: process {}, after {} ms",
          name,
          worker.pid(),
          Duration.ofNanos(System.nanoTime() - since).toMillis());
      tally.ready();
      try {
        serve(worker);
      } finally {
        tally.gone();
      }
    } catch (WorkerDiedException e) {
      requireNotClosed();
      LOG.warn("{} can't be started: {}", name, e.getMessage());
      failed(e.getMessage());
    } catch (RuntimeException | Error e) {
      // A worker less would not be noticed, a thread less never mended.
      LOG.error("{} is started anew after a mistake of ours", name, e);
      failed(e.toString());
    }
  }

  private void failed(String why) {
    failedStarts++;
    tally.failedToStart(why);
    if (again != null) {
      // Others may have a worker, and who waits may want to give up.
      queue.addFirst(again);
      again = null;
    }
  }

  private static Duration pause(int failures, Duration longest) {
    if (failures <= 0) {
      return Duration.ZERO;
    }
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 20));
    return pause.compareTo(longest) < 0 ? pause : longest;
  }

  private void serve(Worker worker) throws InterruptedException {
    while (true) {
      Job job = again == null ? queue.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS) : again;
      again = null;
      if (!worker.isUsable()) {
        // It has ended since the last picture, by no fault of one.
        if (job != null) {
          queue.addFirst(job);
        }
        deaths++;
        LOG.warn("{} is replaced: {}", name, worker.whyGone());
        return;
      }
      if (job != null && job.isWanted() && !isDecoded(worker, job)) {
        return;
      }
    }
  }

  /** Whether the worker has outlived it. */
  private boolean isDecoded(Worker worker, Job job) throws InterruptedException {
    tally.taken();
    try {
      FingerprintOutcome outcome = worker.fingerprint(job.file());
      tally.finished();
      job.finish(outcome);
      deaths = 0;
      return true;
    } catch (WorkerDiedException e) {
      deaths++;
      tally.died(e.why());
      if (Thread.currentThread().isInterrupted()) {
        job.giveUp();
      }
      requireNotClosed();
      mourn(job, e.why());
      return false;
    } catch (RuntimeException | Error e) {
      Refused mistake = new Refused(FailureReason.INTERNAL_ERROR, e.toString());
      tally.died(mistake);
      job.finish(mistake);
      throw e;
    }
  }

  private void mourn(Job job, Refused why) {
    LOG.warn(
        "{} is replaced: {}; it had a picture of {} bytes, SHA-256 {}, which {}",
        name,
        why.detail(),
        job.file().length,
        Drill.sha256(job.file()),
        job.isTriedBefore() ? "is given up" : "is tried once more");
    if (job.isTriedBefore()) {
      job.finish(why);
    } else {
      job.tried();
      again = job;
    }
  }

  /** Only a pool that is closed interrupts its keepers. */
  private static void requireNotClosed() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("closed");
    }
  }
}
