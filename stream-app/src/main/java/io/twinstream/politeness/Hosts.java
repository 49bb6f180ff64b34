package io.twinstream.politeness;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** All hosts that one process has business with, and what it asks of them together. Thread-safe. */
public final class Hosts {
  /** From so many on, hosts are forgotten though they were in trouble, if that is long ago. */
  private static final int MANY = 10_000;

  private static final Duration TROUBLE_REMEMBERED = Duration.ofMinutes(10);
  private static final long BETWEEN_SWEEPS_MS = 1000;
  private static final String NOBODY = "";

  private final HostLimits limits;
  private final HostLimits local;
  private final FetchControl control;
  private final InstantSource clock;
  private final ConcurrentHashMap<String, Host> all = new ConcurrentHashMap<>();
  private final FairPermits total;
  private final AtomicLong lastSweep = new AtomicLong();

  /**
   * Nobody is under way.
   *
   * @param local sources that bother no host, such as files, are read so many at a time
   * @param inFlight requests under way at a time, to all hosts together
   */
  public Hosts(
      HostLimits limits, int local, int inFlight, FetchControl control, InstantSource clock) {
    this.limits = limits;
    this.local = new HostLimits(local, 0, limits.breaker());
    this.control = control;
    this.clock = clock;
    this.total = new FairPermits(inFlight);
  }

  /**
   * The host of that name, for as long as the caller does not {@link Host#leave}.
   *
   * @param name empty for sources that bother nobody
   */
  public Host join(String name) {
    if (all.size() > MANY) {
      forget();
    }
    return all.compute(
        name,
        (_, host) -> {
          Host joined =
              host == null ? new Host(name, this, name.equals(NOBODY) ? local : limits) : host;
          joined.joined();
          return joined;
        });
  }

  void leave(String name) {
    all.computeIfPresent(
        name, (_, host) -> host.left() && host.isForgettable(now(), Long.MAX_VALUE) ? null : host);
  }

  private void forget() {
    long now = now();
    long last = lastSweep.get();
    // In either direction: a clock may be set back.
    if (Math.abs(now - last) < BETWEEN_SWEEPS_MS || !lastSweep.compareAndSet(last, now)) {
      return;
    }
    all.forEach((name, _) ->
        all.computeIfPresent(
            name,
            (_, host) ->
                !host.isUsed() && host.isForgettable(now, TROUBLE_REMEMBERED.toMillis())
                    ? null
                    : host));
  }

  /** How it stands with each host that somebody has business with, or that is in trouble. */
  public List<HostState> states() {
    return all.values().stream().map(Host::state).toList();
  }

  boolean isStopped(String name) {
    return control.isStopped(name);
  }

  boolean tryAcquire(Object asker, long now) {
    synchronized (total) {
      return total.tryAcquire(asker, now);
    }
  }

  void release() {
    synchronized (total) {
      total.release();
    }
  }

  long now() {
    return clock.millis();
  }
}
