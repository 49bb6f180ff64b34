package io.twinstream.fetch;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** How many requests may be under way to one host at a time. Thread-safe. */
final class HostLimiter {
  private final int limit;
  private final ConcurrentHashMap<String, Gate> gates = new ConcurrentHashMap<>();

  /**
   * @param limit 1 or more, for each host
   */
  HostLimiter(int limit) {
    this.limit = limit;
  }

  /** Waits for a place; it is given back by closing it. */
  Place enter(String host) throws InterruptedException {
    Gate gate =
        gates.compute(host, (name, open) -> (open == null ? new Gate(limit) : open).joined());
    try {
      gate.places.acquire();
    } catch (InterruptedException e) {
      leave(host);
      throw e;
    }
    return () -> {
      gate.places.release();
      leave(host);
    };
  }

  /** How many hosts somebody is at or waits for. */
  int hosts() {
    return gates.size();
  }

  private void leave(String host) {
    gates.computeIfPresent(host, (name, gate) -> --gate.users == 0 ? null : gate);
  }

  /** A place at a host. */
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  private static final class Gate {
    private final Semaphore places;
    // Changed only within compute of the map, so that an unused gate can be dropped.
    private int users;

    private Gate(int limit) {
      places = new Semaphore(limit, true);
    }

    private Gate joined() {
      users++;
      return this;
    }
  }
}
