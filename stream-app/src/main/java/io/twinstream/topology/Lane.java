package io.twinstream.topology;

import io.twinstream.politeness.Host;
import io.twinstream.topology.PendingStore.Place;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A lane of the pending store that has rows, seen from memory: its next few places, and where to
 * read on.
 */
final class Lane implements Comparable<Lane> {
  private static final int AHEAD = 16;

  private final String name;
  private final Host host;
  private final NavigableSet<Place> ahead = new TreeSet<>();
  // Whether the store may have rows behind what was read.
  private boolean more;
  // How far it was read: all rows up to there are ahead. Apart from what was taken, since rows that
  // are given up leave tombstones that must not be walked over twice, but hold up no new row.
  private Place read;
  private Place lastTaken;
  // Its place among all lanes, which are ordered by it; changed only while it is not among them.
  private long wakeAt;
  private long turn;

  /**
   * @param more whether the store may already have rows of it
   */
  Lane(String name, Host host, boolean more) {
    this.name = name;
    this.host = host;
    this.more = more;
    this.read = Place.startOf(name);
    this.lastTaken = read;
  }

  String name() {
    return name;
  }

  Host host() {
    return host;
  }

  /** The least rank with which a row is still ahead of what was taken. */
  long leastRank(long offset) {
    return lastTaken.rank() + (offset <= lastTaken.offset() ? 1 : 0);
  }

  /** A row was filed behind what was taken. */
  void add(Place place) {
    if (more && place.compareTo(read) > 0) {
      return; // Found when it is read.
    }
    ahead.add(place);
    if (ahead.size() > AHEAD) {
      ahead.pollLast();
      read = ahead.last();
      more = true;
    }
  }

  /** A row is gone. */
  void remove(Place place) {
    ahead.remove(place);
  }

  Optional<Place> peek(PendingStore store) {
    if (ahead.isEmpty() && more) {
      List<Place> next = store.next(read, AHEAD);
      ahead.addAll(next);
      read = next.isEmpty() ? read : next.getLast();
      more = next.size() == AHEAD;
    }
    return ahead.isEmpty() ? Optional.empty() : Optional.of(ahead.first());
  }

  void take() {
    lastTaken = ahead.pollFirst();
  }

  long wakeAt() {
    return wakeAt;
  }

  void wakeAt(long at, long inTurn) {
    wakeAt = at;
    turn = inTurn;
  }

  @Override
  public int compareTo(Lane other) {
    int byTime = Long.compare(wakeAt, other.wakeAt);
    return byTime != 0 ? byTime : Long.compare(turn, other.turn);
  }
}
