package io.twinstream.worker;

import io.twinstream.fingerprint.FingerprintOutcome;

/** A worker has ended, or had to be ended, before it answered. */
final class WorkerDiedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient FingerprintOutcome.Refused why;

  WorkerDiedException(FingerprintOutcome.Refused why, Throwable cause) {
    super(why.detail(), cause);
    this.why = why;
  }

  /** What that makes of the picture. */
  FingerprintOutcome.Refused why() {
    return why;
  }
}
