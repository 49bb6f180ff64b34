package io.twinstream.fingerprint;

import io.twinstream.schema.FailureReason;
import io.twinstream.schema.Fingerprint;

/** What became of a file. */
public sealed interface FingerprintOutcome {
  /** It is a picture. */
  record Done(Fingerprint fingerprint) implements FingerprintOutcome {}

  /**
   * It is none that can be read.
   *
   * @param detail one sentence for a person
   */
  record Refused(FailureReason reason, String detail) implements FingerprintOutcome {}
}
