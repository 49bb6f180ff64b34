package io.twinstream.worker;

import io.twinstream.fingerprint.FingerprintOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A file on its way to a worker, and somebody who waits for the outcome. */
final class Job {
  private final byte[] file;
  private final CompletableFuture<FingerprintOutcome> outcome = new CompletableFuture<>();
  private boolean triedBefore;

  /** The array is not copied. */
  Job(byte[] file) {
    this.file = file;
  }

  byte[] file() {
    return file;
  }

  /** Whether a worker has died of it already. For whoever has taken it from the queue. */
  boolean isTriedBefore() {
    return triedBefore;
  }

  void tried() {
    triedBefore = true;
  }

  /** Whether anybody still waits. */
  boolean isWanted() {
    return !outcome.isDone();
  }

  void finish(FingerprintOutcome result) {
    outcome.complete(result);
  }

  /** Tells who waits that there will be no outcome; or the other way round. */
  void giveUp() {
    outcome.cancel(false);
  }

  /**
   * Waits for the outcome.
   *
   * @return empty if there is none yet after that time
   * @throws java.util.concurrent.CancellationException if there will be none
   */
  Optional<FingerprintOutcome> await(Duration time) throws InterruptedException {
    try {
      return Optional.of(outcome.get(time.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("an outcome is never an exception", e);
    }
  }
}
