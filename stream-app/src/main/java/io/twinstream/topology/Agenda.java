package io.twinstream.topology;

import io.twinstream.politeness.Hosts;
import io.twinstream.topology.PendingStore.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which lane comes next: of those whose first row is due the one that has waited longest for its
 * turn. A lane is a host, so that one that is slow, full or dead holds up nothing but its own rows.
 *
 * <p>Memory is bounded: only so many lanes are known at a time, with a few places each. If there
 * are more, those that are due first are known, and the others are found in the store when there is
 * room or their time has come.
 */
final class Agenda {
  /** How many lanes are looked up in the store at a time: about a millisecond. */
  private static final int STEPS = 64;

  private static final long BETWEEN_SEARCHES = 1000;

  private final PendingStore store;
  private final Hosts hosts;
  private final int maxLanes;
  private final Map<String, Lane> lanes = new HashMap<>();
  private final NavigableSet<Lane> waiting = new TreeSet<>();
  private final List<Lane> blocked = new ArrayList<>();
  private long turns;
  // Whether the store has lanes that are not known here, and when the first of them is due.
  // At first it may.
  private boolean unlisted = true;
  private long unlistedDue;
  private Optional<Place> found = Optional.empty();
  private long nextSearch;

  /** Knows nothing yet. */
  Agenda(PendingStore store, Hosts hosts, int maxLanes) {
    this.store = store;
    this.hosts = hosts;
    this.maxLanes = maxLanes;
  }

  /** The rank for a row that is due at that time. */
  long rank(String lane, long dueAt, long offset) {
    Lane known = lanes.get(lane);
    return known == null ? dueAt : Math.max(dueAt, known.leastRank(offset));
  }

  /** A row was put into the store. */
  void filed(Place place) {
    Lane lane = lanes.get(place.lane());
    if (lane == null) {
      list(place, unlisted || found.isPresent());
      return;
    }
    lane.add(place);
    if (place.rank() < lane.wakeAt() && waiting.remove(lane)) {
      wait(lane, place.rank());
    }
  }

  /** A row was taken out of the store without its turn. */
  void removed(Place place) {
    Lane lane = lanes.get(place.lane());
    if (lane != null) {
      lane.remove(place);
    }
  }

  /** A tick has come: who was blocked may not be any longer, who was unknown may be due. */
  void refresh(long now) {
    blocked.removeIf(lane -> {
      boolean mayGo = lane.host().mayHaveRoom();
      if (mayGo) {
        waiting.add(lane);
      }
      return mayGo;
    });
    if (found.isEmpty()
        && unlisted
        && now >= nextSearch
        && (lanes.size() <= maxLanes / 2 || now >= unlistedDue)) {
      unlisted = false;
      unlistedDue = Long.MAX_VALUE;
      nextSearch = now + BETWEEN_SEARCHES;
      found = store.first();
    }
    search(STEPS);
  }

  private void search(int steps) {
    for (int i = 0; i < steps && found.isPresent(); i++) {
      Place first = found.get();
      if (!lanes.containsKey(first.lane())) {
        list(first, true);
      }
      found = store.firstAfter(first.lane());
    }
  }

  private void list(Place first, boolean more) {
    if (lanes.size() >= maxLanes) {
      Lane last = waiting.isEmpty() ? null : waiting.last();
      if (last == null || last.wakeAt() <= first.rank()) {
        unlisted = true;
        unlistedDue = Math.min(unlistedDue, first.rank());
        return;
      }
      waiting.remove(last);
      unlisted = true;
      unlistedDue = Math.min(unlistedDue, last.wakeAt());
      forget(last);
    }
    Lane lane = new Lane(first.lane(), hosts.join(first.lane()), more);
    lanes.put(lane.name(), lane);
    lane.add(first);
    wait(lane, first.rank());
  }

  /**
   * The lane whose turn it is. The caller gives it back by {@link #again}, {@link #later} or {@link
   * #block}.
   */
  Optional<Lane> next(long now) {
    if (waiting.isEmpty() || waiting.first().wakeAt() > now) {
      return Optional.empty();
    }
    return Optional.of(waiting.pollFirst());
  }

  /** Its first row was taken, or is gone: its next one waits for its time and turn. */
  void again(Lane lane, long now) {
    lane.peek(store)
        .ifPresentOrElse(place -> wait(lane, Math.max(now, place.rank())), () -> forget(lane));
  }

  /** It does not go on before that time. */
  void later(Lane lane, long at) {
    wait(lane, at);
  }

  /** It goes on when its host has room. */
  void block(Lane lane) {
    blocked.add(lane);
  }

  /** Everybody's turn comes now, due or not. */
  void wakeAll(long now) {
    List<Lane> all = new ArrayList<>(waiting);
    waiting.clear();
    all.forEach(lane -> wait(lane, Math.min(now, lane.wakeAt())));
  }

  /** The first row of each lane, of so many lanes at most. */
  List<Place> firsts(int limit) {
    return Stream.concat(blocked.stream(), waiting.stream())
        .limit(limit)
        .map(lane -> lane.peek(store))
        .flatMap(Optional::stream)
        .toList();
  }

  private void wait(Lane lane, long at) {
    lane.wakeAt(at, turns++);
    waiting.add(lane);
  }

  private void forget(Lane lane) {
    lanes.remove(lane.name());
    lane.host().leave();
  }

  void close() {
    lanes.values().forEach(lane -> lane.host().leave());
  }
}
