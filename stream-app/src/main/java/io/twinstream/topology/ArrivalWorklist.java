package io.twinstream.topology;

import io.twinstream.fetch.FetchOutcome.Failed;
import io.twinstream.fetch.Fetcher;
import io.twinstream.load.LoadResult;
import io.twinstream.politeness.Admission;
import io.twinstream.politeness.FetchControl;
import io.twinstream.schema.FailureReason;
import io.twinstream.schema.ImageKey;
import io.twinstream.topology.PendingStore.Place;
import io.twinstream.topology.PendingStore.Row;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/**
 * Arrival order: what is ready goes on, and a newer event of an image supersedes an older one. The
 * store has a lane for each host, with rows in the order of the times at which they are due.
 */
final class ArrivalWorklist implements Worklist {
  /**
   * How many rows at most end or lose a try in a tick without being asked for: some tens of
   * milliseconds.
   */
  private static final int UNASKED = 500;

  /** Of how many hosts the first row is looked at for the oldest event: a few milliseconds. */
  private static final int LOOKED_AT = 1000;

  private final FetchSettings settings;
  private final PendingStore pending;
  private final Loads loads;
  private final Results results;
  private final Fetcher fetcher;
  private final FetchControl control;
  private final RandomGenerator random;
  private final Agenda agenda;
  private long controlVersion;
  // How many rows have ended in this tick without being asked for.
  private int unasked;

  ArrivalWorklist(
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
    this.control = parts.control();
    this.agenda = new Agenda(pending, parts.hosts(), settings.maxLanes());
  }

  @Override
  public void accept(PendingEvent event) {
    for (Row older : pending.find(event.key())) {
      drop(older);
      results.superseded(older.event());
    }
    if (event.image() == null) {
      results.removed(event);
    } else {
      agenda.filed(pending.add(place(event), event).place());
    }
  }

  @Override
  public void tick(long now) {
    loads.drain((row, result) -> ended(row, result, now));
    obey(now);
    agenda.refresh(now);
    start(now);
  }

  private void ended(Row row, LoadResult result, long now) {
    PendingEvent event = row.event();
    switch (result) {
      case LoadResult.Loaded loaded -> {
        pending.delete(row);
        results.fingerprinted(event, loaded);
      }
      case LoadResult.Moved(var move) ->
          file(row, event.movedTo(new PendingEvent.Moved(move.to(), move.redirects()), now));
      case LoadResult.NotTried _ -> file(row, event.putOffTo(now + NO_ROOM_WAIT));
      case LoadResult.Failed(Failed failure) -> failed(row, failure, now);
    }
  }

  private void failed(Row row, Failed failure, long now) {
    int attempts = row.event().attempts() + 1;
    Optional<Duration> delay = settings.retry().delay(failure, attempts, random);
    if (delay.isPresent()) {
      file(row, row.event().triedAgainAt(now + delay.get().toMillis()));
    } else {
      pending.delete(row);
      results.failed(row.event(), failure, attempts);
    }
  }

  /** Follows what operators have said since the last time. */
  private void obey(long now) {
    long version = control.version();
    if (version == controlVersion) {
      return;
    }
    for (Row row : loads.rows()) {
      if (isCancelled(row)) {
        cancel(row);
      } else if (control.isStopped(row.place().lane())) {
        loads.cancel(row.place());
        file(row, row.event());
      }
    }
    for (ImageKey image : control.cancelledImagesSince(controlVersion)) {
      pending.find(image).stream().filter(this::isCancelled).forEach(this::cancel);
    }
    controlVersion = version;
    agenda.wakeAll(now);
  }

  private void start(long now) {
    unasked = 0;
    boolean goOn = true;
    while (goOn && unasked < UNASKED) {
      Optional<Lane> next = agenda.next(now);
      goOn = next.isPresent() && goOnWith(next.get(), now);
    }
  }

  /** Takes the first row of a lane that does not end without being asked for. */
  private boolean goOnWith(Lane lane, long now) {
    Optional<Place> first = lane.peek(pending);
    while (first.isPresent()) {
      Optional<Row> row = first.filter(place -> !loads.isUnderWay(place)).flatMap(pending::get);
      if (row.isEmpty()) {
        // It has gone, or was read again while it is under way.
        lane.take();
      } else if (!endsUnasked(row.get(), lane)) {
        return ask(row.get(), lane, now);
      } else if (unasked >= UNASKED) {
        // The next one may end so, too, whether it is due or not.
        agenda.later(lane, now);
        return false;
      }
      first = lane.peek(pending);
    }
    agenda.again(lane, now);
    return true;
  }

  /** Returns whether others may be asked. */
  private boolean ask(Row row, Lane lane, long now) {
    if (row.place().rank() > now) {
      agenda.later(lane, row.place().rank());
      return true;
    } else if (loads.underWay() >= settings.inFlight()) {
      agenda.later(lane, row.place().rank());
      return false;
    }
    return admit(row, lane, now);
  }

  private boolean endsUnasked(Row row, Lane lane) {
    if (isOvertaken(row)) {
      return true;
    }
    if (row.event().image() == null) {
      drop(row);
      results.removed(row.event());
    } else if (isCancelled(row)) {
      cancel(row);
    } else if (!laneOf(row.event()).equals(lane.name())) {
      agenda.removed(row.place());
      file(row, row.event());
    } else {
      return false;
    }
    unasked++;
    return true;
  }

  /**
   * Ends all events of an image but the latest, in their order and before that one goes on; source
   * order leaves several, which may lie in different lanes. Returns whether the row is one of them.
   */
  private boolean isOvertaken(Row row) {
    boolean latest = pending.isLatest(row);
    if (latest && row.before().isEmpty()) {
      return false;
    }
    List<Row> all = pending.find(row.event().key());
    if (!all.isEmpty()) {
      // The latest.
      all.removeLast();
    }
    if (!latest && !all.contains(row)) {
      // Nothing leads to it any more: something newer has overtaken it, before there was this.
      all.add(row);
    }
    for (Row older : all) {
      drop(older);
      results.superseded(older.event());
    }
    unasked += all.size();
    return !latest;
  }

  /** Returns whether others may be asked. */
  private boolean admit(Row row, Lane lane, long now) {
    switch (lane.host().ask(this)) {
      case Admission.Admitted(var visit) -> {
        lane.take();
        loads.start(row, visit);
        agenda.again(lane, now);
      }
      case Admission.Unavailable(String why, long retryAt) -> {
        unasked++;
        lane.take();
        failed(
            row,
            new Failed(
                FailureReason.HOST_UNAVAILABLE, why, 0, Worklist.after(retryAt - now, random)),
            now);
        agenda.again(lane, now);
      }
      case Admission.NotBefore(long at) -> agenda.later(lane, at);
      case Admission.HostBusy _, Admission.Stopped _ -> agenda.block(lane);
      case Admission.AllBusy _ -> {
        agenda.later(lane, row.place().rank());
        return false;
      }
    }
    return true;
  }

  private boolean isCancelled(Row row) {
    PendingEvent event = row.event();
    return control.isCancelled(event.key(), row.place().lane(), event.filedAt());
  }

  private void cancel(Row row) {
    drop(row);
    results.cancelled(row.event());
  }

  private void drop(Row row) {
    loads.cancel(row.place());
    agenda.removed(row.place());
    pending.delete(row);
  }

  /** Puts a row that was taken where it is found when its time has come. */
  private void file(Row row, PendingEvent event) {
    agenda.filed(pending.move(row, place(event), event).place());
  }

  private Place place(PendingEvent event) {
    String lane = laneOf(event);
    return new Place(lane, agenda.rank(lane, event.dueAt(), event.offset()), event.offset());
  }

  @Override
  public OptionalLong oldest() {
    return LongStream.concat(
            loads.rows().stream().mapToLong(row -> row.event().filedAt()),
            agenda.firsts(LOOKED_AT).stream()
                .map(pending::filedAt)
                .flatMapToLong(OptionalLong::stream))
        .min();
  }

  private String laneOf(PendingEvent event) {
    return PendingStore.laneName(fetcher.host(event.address()).orElse(""));
  }

  @Override
  public void close() {
    loads.close();
    agenda.close();
  }
}
