package io.twinstream.app;

import io.twinstream.fingerprint.BoundedFingerprinter;
import io.twinstream.fingerprint.FingerprintSettings;
import io.twinstream.fingerprint.Fingerprinter;
import io.twinstream.fingerprint.LocalFingerprinter;
import io.twinstream.worker.WorkerPool;
import io.twinstream.worker.WorkerSettings;
import java.time.Duration;

/** Where pictures are decoded. */
public sealed interface Decoding {
  /** Starts what is needed for it. */
  Fingerprinter open(FingerprintSettings fingerprints);

  /** In processes of their own: a picture that ends its decoder ends nothing else. */
  record InWorkers(WorkerSettings settings) implements Decoding {
    @Override
    public Fingerprinter open(FingerprintSettings fingerprints) {
      return new WorkerPool(settings, fingerprints);
    }
  }

  /**
   * In this process: for tools and tests, and pictures that can be trusted.
   *
   * @param atOnce pictures at a time
   * @param deadline of a picture
   */
  record InProcess(int atOnce, Duration deadline) implements Decoding {
    @Override
    public Fingerprinter open(FingerprintSettings fingerprints) {
      return new BoundedFingerprinter(new LocalFingerprinter(fingerprints), deadline, atOnce);
    }
  }
}
