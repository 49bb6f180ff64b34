package io.twinstream.fetch;

import java.util.Optional;

/** Brings bytes for the sources of one scheme. Implementations are safe under threads. */
public interface Fetcher extends AutoCloseable {
  /**
   * Who is asked for a source, as the unit of politeness: limits, pauses and circuit breakers hold
   * for each of them.
   *
   * @param address of a scheme that this fetcher is for
   * @return for example {@code example.org} or {@code example.org:8080}; empty if nobody is
   *     bothered, or if the address can't be read
   */
  default Optional<String> host(String address) {
    return Optional.empty();
  }

  /**
   * Tries once. Takes the thread until the bytes are here, a limit is reached, or it is
   * interrupted.
   *
   * @throws InterruptedException if the thread is interrupted; nothing is left open
   */
  FetchOutcome fetch(FetchRequest request) throws InterruptedException;

  /** Lets go of threads and connections. No fetch is started after it; those under way may fail. */
  @Override
  default void close() {}
}
