package io.twinstream.topology;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/** In which order a task works on its queue, and lets results go on. For one stream thread. */
interface Worklist {
  /** When what this process had no room for is asked for again, ms. */
  long NO_ROOM_WAIT = 1000;

  /** How far apart rows are that were due together, ms at most. */
  long SPREAD = 1000;

  /**
   * When a row of a host that is left alone is due again: when that is over, in an order that
   * chance makes. Who asks first then would always be the same otherwise, and if that one's address
   * never works, all those behind it would never be asked.
   *
   * @param leftAlone for how long, ms
   */
  static Duration after(long leftAlone, RandomGenerator random) {
    return Duration.ofMillis(Math.max(0, leftAlone) + random.nextLong(SPREAD));
  }

  /** An event has come; it only gets its row. */
  void accept(PendingEvent event);

  /**
   * Does what can be done now, without waiting for anything.
   *
   * @param now ms since the epoch
   */
  void tick(long now);

  /**
   * When the oldest event that has no result yet came, ms since the epoch. A look at what comes
   * next of each host, so an event that waits long for its next try may be missed.
   */
  OptionalLong oldest();

  /** Gives up what is under way; its rows stay. */
  void close();
}
