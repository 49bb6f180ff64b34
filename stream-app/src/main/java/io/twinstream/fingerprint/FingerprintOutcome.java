package io.twinstream.fingerprint;

import io.twinstream.schema.FailureReason;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.Thumbnail;

/** What became of a file. */
public sealed interface FingerprintOutcome {
  /**
   * It is a picture.
   *
   * @param thumbnail {@link Thumbnail#NONE} unless it was asked for
   */
  record Done(Fingerprint fingerprint, Thumbnail thumbnail) implements FingerprintOutcome {
    /** One without a thumbnail. */
    public Done(Fingerprint fingerprint) {
      this(fingerprint, Thumbnail.NONE);
    }
  }

  /**
   * It is none that can be read.
   *
   * @param detail one sentence for a person
   */
  record Refused(FailureReason reason, String detail) implements FingerprintOutcome {}
}
