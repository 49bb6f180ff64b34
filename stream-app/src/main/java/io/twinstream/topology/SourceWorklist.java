package io.twinstream.topology;

import io.twinstream.fetch.FetchOutcome.Failed;
import io.twinstream.fetch.Fetcher;
import io.twinstream.load.LoadResult;
import io.twinstream.politeness.Admission;
import io.twinstream.politeness.FetchControl;
import io.twinstream.politeness.Host;
import io.twinstream.politeness.Hosts;
import io.twinstream.schema.FailureReason;
import io.twinstream.topology.PendingStore.Place;
import io.twinstream.topology.PendingStore.Row;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Source order: results go on in the order of events, within a window. The store has one lane, with
 * ranks in the order of offsets; what arrival order has left in other lanes comes before it.
 */
final class SourceWorklist implements Worklist {
  private static final String LANE = "";

  private final FetchSettings settings;
  private final PendingStore pending;
  private final Loads loads;
  private final Results results;
  private final Fetcher fetcher;
  private final Hosts hosts;
  private final FetchControl control;
  private final RandomGenerator random;
  // The rows that are being worked on or wait for their turn to be released, in that order.
  private final Map<Place, Slot> window = new LinkedHashMap<>();
  // Null before the first tick.
  private Place lastTaken;
  private boolean more = true;
  // The highest rank of all rows, also of those that an earlier task filed, which may have had a
  // faster clock; unknown until the first event comes.
  private OptionalLong lastFiled = OptionalLong.empty();

  SourceWorklist(
      FetchSettings settings,
      FetchParts parts,
      PendingStore pending,
      Results results,
      RandomGenerator random) {
    this.settings = settings;
    this.pending = pending;
    this.results = results;
    this.random = random;
    this.loads = new Loads(parts.loader());
    this.fetcher = parts.fetcher();
    this.hosts = parts.hosts();
    this.control = parts.control();
  }

  /** A row in memory. Once it has a result, that goes on when its turn has come. */
  private static final class Slot {
    private Row row;
    private Host host;
    private boolean loading;
    private Runnable result;

    private Slot(Row row, Host host) {
      this.row = row;
      this.host = host;
    }
  }

  @Override
  public void accept(PendingEvent event) {
    // Behind everything that was filed already: ranks are then in the order of offsets.
    long rank = Math.max(event.dueAt(), lastFiled.orElseGet(() -> pending.lastRank(LANE)));
    lastFiled = OptionalLong.of(rank);
    pending.add(new Place(LANE, rank, event.offset()), event);
    more = true;
  }

  @Override
  public void tick(long now) {
    loads.drain((row, result) -> ended(window.get(row.place()), result, now));
    release();
    take();
    start(now);
  }

  private void ended(Slot slot, LoadResult result, long now) {
    slot.loading = false;
    PendingEvent event = slot.row.event();
    switch (result) {
      case LoadResult.Loaded loaded -> slot.result = () -> results.fingerprinted(event, loaded);
      case LoadResult.Moved(var move) ->
          again(slot, event.movedTo(new PendingEvent.Moved(move.to(), move.redirects()), now));
      case LoadResult.NotTried _ -> again(slot, event.putOffTo(now + NO_ROOM_WAIT));
      case LoadResult.Failed(Failed failure) -> failed(slot, failure, now);
    }
  }

  private void failed(Slot slot, Failed failure, long now) {
    PendingEvent event = slot.row.event();
    int attempts = event.attempts() + 1;
    Optional<Duration> delay = settings.retry().delay(failure, attempts, random);
    if (delay.isPresent()) {
      again(slot, event.triedAgainAt(now + delay.get().toMillis()));
    } else {
      slot.result = () -> results.failed(event, failure, attempts);
    }
  }

  private void again(Slot slot, PendingEvent event) {
    slot.row = new Row(slot.row.place(), event, slot.row.before());
    pending.update(slot.row);
    slot.host.leave();
    slot.host = host(event);
  }

  private void release() {
    Iterator<Slot> slots = window.values().iterator();
    while (slots.hasNext()) {
      Slot slot = slots.next();
      if (slot.result == null) {
        return;
      }
      slot.result.run();
      pending.delete(slot.row);
      slot.host.leave();
      slots.remove();
    }
  }

  private void take() {
    if (lastTaken == null) {
      lastTaken = startAfter(LANE);
    }
    while (more && window.size() < settings.window()) {
      List<Place> places = pending.next(lastTaken, settings.window() - window.size());
      for (Place place : places) {
        lastTaken = place;
        Row row = pending.get(place).orElseThrow();
        window.put(place, new Slot(row, host(row.event())));
      }
      if (places.isEmpty()) {
        more = !lastTaken.lane().equals(LANE);
        lastTaken = more ? startAfter(lastTaken.lane()) : lastTaken;
      }
    }
  }

  /** The start of the next lane; its own comes last. */
  private Place startAfter(String lane) {
    return Place.startOf(pending.firstAfter(lane).map(Place::lane).orElse(LANE));
  }

  private void start(long now) {
    Set<Host> refused = new HashSet<>();
    for (Slot slot : window.values()) {
      if (loads.underWay() >= settings.inFlight()) {
        return;
      }
      PendingEvent event = slot.row.event();
      // When it came is no time to wait for: the clock may have been set back since.
      boolean waits = event.dueAt() > Math.max(now, event.filedAt());
      if (slot.loading || slot.result != null || waits || refused.contains(slot.host)) {
        continue;
      }
      if (event.image() == null) {
        slot.result = () -> results.removed(event);
      } else if (control.isCancelled(event.key(), slot.host.name(), event.filedAt())) {
        slot.result = () -> results.cancelled(event);
      } else {
        admit(slot, refused, now);
      }
    }
  }

  private void admit(Slot slot, Set<Host> refused, long now) {
    switch (slot.host.ask(this)) {
      case Admission.Admitted(var visit) -> {
        slot.loading = true;
        loads.start(slot.row, visit);
      }
      case Admission.Unavailable(String why, long retryAt) ->
          failed(
              slot,
              new Failed(
                  FailureReason.HOST_UNAVAILABLE, why, 0, Worklist.after(retryAt - now, random)),
              now);
      default -> refused.add(slot.host);
    }
  }

  @Override
  public OptionalLong oldest() {
    return window.values().stream().mapToLong(slot -> slot.row.event().filedAt()).findFirst();
  }

  private Host host(PendingEvent event) {
    return hosts.join(event.image() == null ? "" : fetcher.host(event.address()).orElse(""));
  }

  @Override
  public void close() {
    loads.close();
    window.values().forEach(slot -> slot.host.leave());
  }
}
