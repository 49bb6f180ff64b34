package io.twinstream.politeness;

import io.twinstream.fetch.FetchOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** One request to a host, under way until it {@link #ended}. Thread-safe. */
public final class Visit {
  /** The longest pause that a host is granted, whatever it asks. */
  static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  private final Host host;
  private final boolean tries;
  private final AtomicBoolean ended = new AtomicBoolean();

  Visit(Host host, boolean tries) {
    this.host = host;
    this.tries = tries;
  }

  /**
   * The host is no longer asked. Only the first call counts.
   *
   * @param outcome what came of it; empty if it was given up
   */
  public void ended(Optional<FetchOutcome> outcome) {
    if (ended.compareAndSet(false, true)) {
      host.ended(outcome, tries);
    }
  }
}
