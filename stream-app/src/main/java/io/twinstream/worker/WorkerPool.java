package io.twinstream.worker;

import io.twinstream.fingerprint.FingerprintOutcome;
import io.twinstream.fingerprint.FingerprintSettings;
import io.twinstream.fingerprint.Fingerprinter;
import io.twinstream.schema.FailureReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.stream.IntStream;

/**
 * Makes fingerprints in worker processes, which are started once and used again and again. A
 * picture in whose hands a worker dies, or takes too long, is tried once more in a new worker; then
 * it is refused as {@code decoder-crashed} or {@code decoder-timeout}. Thread-safe; who asks first
 * is served first.
 *
 * <p>When no worker can be started, a picture waits for {@link WorkerSettings#start()} and is then
 * refused as {@code internal-error}, which can be tried again on request. Starts go on being tried,
 * with pauses of 100 ms to 10 s.
 */
public final class WorkerPool implements Fingerprinter {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** A keeper waits for the end of its process, which is killed. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final WorkerSettings settings;
  private final WorkerWatch watch = new WorkerWatch();
  private final BlockingDeque<Job> queue = new LinkedBlockingDeque<>();
  private final Tally tally = new Tally();
  private final List<Thread> keepers;
  private volatile boolean closed;

  /**
   * Returns at once; workers are started in the background.
   *
   * @param fingerprints what workers are told
   */
  public WorkerPool(WorkerSettings settings, FingerprintSettings fingerprints) {
    this(settings, fingerprints, WorkerCommand.real(settings));
  }

  /** For tests that run workers of another kind. */
  WorkerPool(WorkerSettings settings, FingerprintSettings fingerprints, WorkerCommand command) {
    this.settings = settings;
    WorkerLauncher launcher = new WorkerLauncher(command, settings, fingerprints, watch);
    this.keepers =
        IntStream.rangeClosed(1, settings.workers())
            .mapToObj(number -> "decoder-" + number)
            .map(name ->
                Thread.ofPlatform()
                    .daemon()
                    .name(name)
                    .start(new Keeper(name, launcher, queue, tally)))
            .toList();
  }

  /**
   * {@inheritDoc}
   *
   * <p>An interrupt ends the waiting. A picture that is in a worker by then is decoded to its end,
   * within its deadline, for nobody: that takes less than a new worker.
   *
   * @throws IllegalStateException if the pool is closed
   */
  @Override
  public FingerprintOutcome fingerprint(byte[] file) throws InterruptedException {
    Job job = new Job(file);
    queue.add(job);
    try {
      while (!closed) {
        Optional<FingerprintOutcome> outcome = job.await(PATIENCE);
        if (outcome.isPresent()) {
          return outcome.get();
        }
        Optional<String> problem = tally.problem(settings.start());
        if (problem.isPresent() && queue.remove(job)) {
          return new FingerprintOutcome.Refused(
              FailureReason.INTERNAL_ERROR, "no decoder can be started: " + problem.get());
        }
      }
    } catch (CancellationException e) {
      // It was closed meanwhile.
    } finally {
      if (job.isWanted()) {
        job.giveUp();
        queue.remove(job);
      }
    }
    throw new IllegalStateException("the decoders are closed");
  }

  /** How it is doing. */
  public PoolState state() {
    return tally.state(settings.workers(), queue.size());
  }

  /** Ends all workers, whatever they are doing, and waits for that; whoever waits is told. */
  @Override
  public void close() {
    closed = true;
    keepers.forEach(Thread::interrupt);
    try {
      for (Thread keeper : keepers) {
        keeper.join(CLOSE_TIMEOUT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    watch.close();
    for (Job job = queue.poll(); job != null; job = queue.poll()) {
      job.giveUp();
    }
  }
}
