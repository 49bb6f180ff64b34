package io.twinstream.fingerprint;

/** Makes fingerprints. Implementations are safe under threads. */
public interface Fingerprinter {
  /**
   * The fingerprint of a file, or why it has none. Takes the thread for as long as decoding takes.
   *
   * @param file the whole file; not changed, not kept
   */
  FingerprintOutcome fingerprint(byte[] file);
}
