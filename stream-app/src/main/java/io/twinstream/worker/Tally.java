package io.twinstream.worker;

import io.twinstream.fingerprint.FingerprintOutcome.Refused;
import io.twinstream.schema.FailureReason;
import java.time.Duration;
import java.util.Optional;

/** Counts what happens in a pool. Thread-safe. */
final class Tally {
  private int ready;
  private int busy;
  private long pictures;
  private long starts;
  private long crashes;
  private long timeouts;
  private long downSince = System.nanoTime();
  // Why the last start failed; null if none has failed since one was ready.
  private String problem;

  synchronized void starting() {
    starts++;
  }

  synchronized void ready() {
    ready++;
    problem = null;
  }

  /** One that was ready is no more. */
  synchronized void gone() {
    ready--;
    if (ready == 0) {
      downSince = System.nanoTime();
    }
  }

  synchronized void failedToStart(String why) {
    problem = why;
  }

  synchronized void taken() {
    busy++;
  }

  synchronized void finished() {
    busy--;
    pictures++;
  }

  synchronized void died(Refused why) {
    busy--;
    if (why.reason() == FailureReason.DECODER_TIMEOUT) {
      timeouts++;
    } else {
      crashes++;
    }
  }

  /** If no worker has been ready for so long, why the last one that was started is not. */
  synchronized Optional<String> problem(Duration lasting) {
    return ready == 0 && System.nanoTime() - downSince > lasting.toNanos()
        ? Optional.ofNullable(problem)
        : Optional.empty();
  }

  synchronized PoolState state(int workers, int waiting) {
    return new PoolState(
        workers, ready, busy, waiting, pictures, Math.max(0, starts - workers), crashes, timeouts);
  }
}
