package io.twinstream.topology;

import java.util.OptionalLong;

/** In which order a task works on its queue, and lets results go on. For one stream thread. */
interface Worklist {
  /** When what this process had no room for is asked for again, ms. */
  long NO_ROOM_WAIT = 1000;

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
