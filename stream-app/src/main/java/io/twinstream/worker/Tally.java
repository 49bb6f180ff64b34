package io.twinstream.worker;

import io.twinstream.fingerprint.FingerprintOutcome.Refused;
import io.twinstream.schema.FailureReason;
import java.time.Duration;

/** Counts what happens in a pool. Thread-safe. */
final class Tally {
  private int ready;
  private int busy;
  private long pictures;
  private long starts;
  private long crashes;
  private long timeouts;
  private long downSince = System.nanoTime();
  private String problem = "none has started yet";

  synchronized void starting() {
    starts++;
  }

  synchronized void ready() {
    ready++;
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

  /** Whether no worker has been ready for so long. */
  synchronized boolean isDownFor(Duration time) {
    return ready == 0 && System.nanoTime() - downSince > time.toNanos();
  }

  /** Why the last worker that could not be started could not. */
  synchronized String problem() {
    return problem;
  }

  synchronized PoolState state(int workers, int waiting) {
    return new PoolState(
        workers, ready, busy, waiting, pictures, Math.max(0, starts - workers), crashes, timeouts);
  }
}
