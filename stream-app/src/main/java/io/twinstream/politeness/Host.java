package io.twinstream.politeness;

import io.twinstream.fetch.FetchOutcome;
import io.twinstream.schema.FailureReason;
import java.time.Instant;
import java.util.Optional;

/** One host, as long as somebody has business with it. Thread-safe. */
public final class Host {
  private final String name;
  private final Hosts hosts;
  private final FairPermits permits;
  private final TokenBucket bucket;
  private final CircuitBreaker breaker;
  private long pausedUntil;
  private long lastEnd;
  // Guarded by the map of all hosts, so that one without users can be dropped.
  private int users;

  Host(String name, Hosts hosts, HostLimits limits) {
    this.name = name;
    this.hosts = hosts;
    this.permits = new FairPermits(limits.concurrent());
    this.bucket = new TokenBucket(limits.perSecond());
    this.breaker = new CircuitBreaker(limits.breaker());
  }

  /** As in {@link io.twinstream.fetch.Fetcher#host}; empty for sources that bother nobody. */
  public String name() {
    return name;
  }

  /**
   * Whether it may be asked now; who is refused asks again later.
   *
   * @param asker who asks, for turns among several
   */
  public synchronized Admission ask(Object asker) {
    long now = hosts.now();
    if (hosts.isStopped(name)) {
      return new Admission.Stopped();
    }
    // All three are looked at each time, to find out whether the clock was set back.
    pausedUntil = Math.min(pausedUntil, now + Visit.LONGEST_PAUSE.toMillis());
    long readyAt = bucket.readyAt(now);
    CircuitBreaker.State state = breaker.state(now);
    if (pausedUntil > now) {
      return new Admission.NotBefore(pausedUntil);
    }
    switch (state) {
      case OPEN -> {
        return new Admission.Unavailable(
            "%s is left alone after it kept failing: %s".formatted(name, breaker.lastFailure()),
            breaker.openUntil());
      }
      case TRYING -> {
        return new Admission.HostBusy();
      }
      default -> {}
    }
    if (readyAt > now) {
      return new Admission.NotBefore(readyAt);
    }
    if (!permits.tryAcquire(asker, now)) {
      return new Admission.HostBusy();
    }
    if (!hosts.tryAcquire(asker, now)) {
      permits.release();
      return new Admission.AllBusy();
    }
    bucket.take(now);
    boolean tries = state == CircuitBreaker.State.HALF_OPEN;
    if (tries) {
      breaker.tries();
    }
    return new Admission.Admitted(new Visit(this, tries));
  }

  /** Whether asking is worth it: not if as many as it bears are under way. */
  public synchronized boolean mayHaveRoom() {
    return permits.hasRoom();
  }

  synchronized void ended(Optional<FetchOutcome> outcome, boolean tried) {
    hosts.release();
    permits.release();
    long now = hosts.now();
    lastEnd = now;
    if (name.isEmpty()) {
      return; // Whatever it was, it was nobody's fault.
    }
    switch (outcome.orElse(null)) {
      case null -> gaveUp(tried);
      case FetchOutcome.NotTried _ -> gaveUp(tried);
      case FetchOutcome.Fetched _, FetchOutcome.Moved _ -> breaker.succeeded();
      case FetchOutcome.Failed failed -> failed(failed, tried, now);
    }
  }

  private void failed(FetchOutcome.Failed failed, boolean tried, long now) {
    boolean asksForPeace =
        failed.retry() == FailureReason.Retry.BY_ITSELF && failed.notBefore().isPositive();
    if (asksForPeace) {
      pausedUntil = Math.max(pausedUntil, now + failed.notBefore().toMillis());
      gaveUp(tried);
      return;
    }
    switch (blame(failed)) {
      case HOST -> breaker.failed(tried, failed.httpStatus() > 0, failed.detail(), now);
      case SOURCE -> breaker.succeeded();
      case NOBODY -> gaveUp(tried);
    }
  }

  private void gaveUp(boolean tried) {
    if (tried) {
      breaker.gaveUpTrying();
    }
  }

  private enum Blame {
    HOST,
    SOURCE,
    NOBODY
  }

  private static Blame blame(FetchOutcome.Failed failed) {
    return switch (failed.reason()) {
      case UNKNOWN_HOST, CONNECTION_FAILED, TLS_FAILED, TIMEOUT, TOO_SLOW -> Blame.HOST;
      case HTTP_STATUS ->
          failed.retry() == FailureReason.Retry.BY_ITSELF ? Blame.HOST : Blame.SOURCE;
      case INVALID_SOURCE, FORBIDDEN_ADDRESS, INTERNAL_ERROR -> Blame.NOBODY;
      default -> Blame.SOURCE;
    };
  }

  /** Whoever joined has no more business with it. */
  public void leave() {
    hosts.leave(name);
  }

  void joined() {
    users++;
  }

  /** Whether nobody is left. */
  boolean left() {
    return --users == 0;
  }

  boolean isUsed() {
    return users > 0;
  }

  /** Whether forgetting it would change nothing. */
  synchronized boolean isForgettable(long now, long troubleMs) {
    boolean troubled = !breaker.isSpotless() || pausedUntil > now || !bucket.isFull(now);
    return permits.held() == 0 && (!troubled || Math.abs(now - lastEnd) > troubleMs);
  }

  synchronized HostState state() {
    long now = hosts.now();
    return new HostState(
        name,
        permits.held(),
        pausedUntil > now ? Optional.of(Instant.ofEpochMilli(pausedUntil)) : Optional.empty(),
        breaker.state(now) != CircuitBreaker.State.CLOSED,
        hosts.isStopped(name));
  }
}
