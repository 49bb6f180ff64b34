package io.twinstream.fingerprint;

import io.twinstream.schema.FailureReason;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs another fingerprinter in this process, on threads of its own, so many at a time. What takes
 * too long is given up, but its thread may go on for as long as it likes: worker processes do
 * better. Thread-safe; who asks first is served first.
 */
public final class BoundedFingerprinter implements Fingerprinter {
  private final Fingerprinter fingerprinter;
  private final Duration deadline;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().name("decode-", 0).daemon().factory());
  private final Semaphore permits;

  /**
   * Ready to use.
   *
   * @param deadline after which a picture is refused as {@code decoder-timeout}
   * @param atOnce how many pictures at a time, not counting those that were given up
   */
  public BoundedFingerprinter(Fingerprinter fingerprinter, Duration deadline, int atOnce) {
    this.fingerprinter = fingerprinter;
    this.deadline = deadline;
    this.permits = new Semaphore(atOnce, true);
  }

  @Override
  public FingerprintOutcome fingerprint(byte[] file) throws InterruptedException {
    permits.acquire();
    try {
      Future<FingerprintOutcome> outcome = threads.submit(() -> fingerprinter.fingerprint(file));
      try {
        return outcome.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        return new FingerprintOutcome.Refused(
            FailureReason.DECODER_TIMEOUT,
            "decoding took more than %d ms".formatted(deadline.toMillis()));
      } catch (ExecutionException e) {
        throw new IllegalStateException("making a fingerprint failed: " + e.getCause(), e);
      } finally {
        // Of no effect if it has ended.
        outcome.cancel(true);
      }
    } finally {
      permits.release();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
