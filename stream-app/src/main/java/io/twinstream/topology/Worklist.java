package io.twinstream.topology;

/** In which order a task works on its queue, and lets results go on. For one stream thread. */
interface Worklist {
  /** An event has come; it only gets its row. */
  void accept(PendingEvent event);

  /**
   * Does what can be done now, without waiting for anything.
   *
   * @param now ms since the epoch
   */
  void tick(long now);

  /** Gives up what is under way; its rows stay. */
  void close();
}
