package io.twinstream.ingest;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until a test moves it. */
public final class MovedClock implements InstantSource {
  private Instant now = Instant.parse("2030-01-01T00:00:00Z");

  /** Lets time pass. */
  public void move(Duration duration) {
    now = now.plus(duration);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
