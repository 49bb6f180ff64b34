package io.twinstream.politeness;

/**
 * Leaves a host alone that does nothing but fail (Nygard, "Release It!"): closed, open after a
 * number of failures in a row, and when its time has passed half open. Then one request at a time
 * tries. If nothing comes back, it opens again at once. If an error comes back, as many may fail as
 * in a row at first: that address may be one that never works on a host that is well. For one
 * thread at a time.
 */
final class CircuitBreaker {
  private final BreakerPolicy policy;
  private int failures;
  private int openings;
  private long openUntil;
  private boolean trying;
  private String lastFailure = "";

  CircuitBreaker(BreakerPolicy policy) {
    this.policy = policy;
  }

  enum State {
    CLOSED,
    OPEN,
    /** One request may try. */
    HALF_OPEN,
    /** One request tries, the others wait for how it ends. */
    TRYING
  }

  State state(long now) {
    if (openings == 0) {
      return State.CLOSED;
    }
    // A clock that was set back must not keep it open until it has caught up.
    openUntil = Math.min(openUntil, now + policy.longest().toMillis());
    if (now < openUntil) {
      return State.OPEN;
    }
    return trying ? State.TRYING : State.HALF_OPEN;
  }

  /** The one request that may try begins. */
  void tries() {
    trying = true;
  }

  void succeeded() {
    failures = 0;
    openings = 0;
    trying = false;
  }

  /**
   * A request failed by the host's fault.
   *
   * @param tried whether it was the one that tried
   * @param answered whether the host said anything at all
   */
  void failed(boolean tried, boolean answered, String why, long now) {
    if (openings > 0 && !tried) {
      return; // Begun before it opened: nothing new.
    }
    trying = false;
    lastFailure = why;
    failures = tried && !answered ? policy.failures() : failures + 1;
    if (failures >= policy.failures()) {
      failures = 0;
      long wait = policy.first().toMillis() << Math.min(openings, 20);
      openings++;
      openUntil = now + Math.min(wait, policy.longest().toMillis());
    }
  }

  /** The request that tried ended in a way that says nothing about the host. */
  void gaveUpTrying() {
    trying = false;
  }

  long openUntil() {
    return openUntil;
  }

  String lastFailure() {
    return lastFailure;
  }

  boolean isSpotless() {
    return failures == 0 && openings == 0;
  }
}
