package io.twinstream.fingerprint;

/** Makes fingerprints. Implementations are safe under threads. */
public interface Fingerprinter extends AutoCloseable {
  /**
   * The fingerprint of a file, or why it has none. Takes the thread for as long as decoding takes,
   * or until there is a decoder.
   *
   * @param file the whole file; not changed, not kept
   * @throws InterruptedException if the thread was interrupted while it waited
   */
  FingerprintOutcome fingerprint(byte[] file) throws InterruptedException;

  /** Ends what it has started, where it has: threads, processes. */
  @Override
  default void close() {}
}
