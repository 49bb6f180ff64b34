package io.twinstream.fetch;

/** Brings bytes. Implementations are safe under threads. */
public interface Fetcher {
  /**
   * Tries once. Takes the thread until the bytes are here, a limit is reached, or it is
   * interrupted.
   *
   * @param source an address of a scheme that this fetcher is for
   * @throws InterruptedException if the thread is interrupted; nothing is left open
   */
  FetchOutcome fetch(String source) throws InterruptedException;
}
