package io.twinstream.topology;

import io.twinstream.fetch.FetchOutcome;
import io.twinstream.load.ImageLoader;
import io.twinstream.load.LoadResult;
import io.twinstream.schema.EventId;
import io.twinstream.schema.FailureReason;
import io.twinstream.schema.FetchResult;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.topology.PendingStore.Place;
import io.twinstream.topology.PendingStore.Row;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The durable asynchronous fetch operator. {@code process} only files the event; all else happens
 * in the punctuator, on the stream thread: finished loads are drained, each result is forwarded and
 * its row deleted in one transaction, and due rows are started. A load that was under way when the
 * task moved or the process died is simply started again from its row.
 */
final class FetchProcessor implements Processor<ImageKey, ImageMetadata, ImageKey, FetchResult> {
  private final FetchSettings settings;
  private final ImageLoader loader;
  private final RandomGenerator random;
  private final String eventTopic;

  private ProcessorContext<ImageKey, FetchResult> context;
  private PendingStore pending;
  // The rows that are being worked on or wait for their turn to be released, in the order of rows.
  private NavigableMap<Place, Slot> window;
  private Place lastTaken;
  // In source order the highest rank of all rows, also of those that an earlier task filed, which
  // may have had another order or a faster clock; unknown until the first event comes.
  private OptionalLong lastFiled;
  private long nextRank;
  private int loading;
  private Cancellable ticking;
  // The one thing that loader threads touch. A new one each time a task starts, so that what an
  // older generation still has under way goes nowhere.
  private Queue<Completion> completions;

  /**
   * For one task.
   *
   * @param eventTopic the name of {@code image-metadata}, for event ids
   */
  FetchProcessor(
      FetchSettings settings, ImageLoader loader, RandomGenerator random, String eventTopic) {
    this.settings = settings;
    this.loader = loader;
    this.random = random;
    this.eventTopic = eventTopic;
  }

  private record Completion(Place place, int attempt, LoadResult result) {}

  /** A row in memory. Its load is null while it waits for its time; then comes its result. */
  private static final class Slot {
    private Row row;
    private ImageLoader.Load load;
    private FetchResult result;

    private Slot(Row row) {
      this.row = row;
    }
  }

  @Override
  public void init(ProcessorContext<ImageKey, FetchResult> context) {
    this.context = context;
    pending = new PendingStore(context.getStateStore(PendingStore.NAME));
    window = new TreeMap<>();
    completions = new ConcurrentLinkedQueue<>();
    lastTaken = Place.START;
    lastFiled = OptionalLong.empty();
    nextRank = 0;
    loading = 0;
    ticking = context.schedule(settings.tick(), PunctuationType.WALL_CLOCK_TIME, this::tick);
  }

  @Override
  public void process(Record<ImageKey, ImageMetadata> record) {
    long now = context.currentSystemTimeMs();
    PendingEvent event =
        new PendingEvent(
            context.recordMetadata().orElseThrow().offset(),
            record.key(),
            record.value(),
            record.timestamp(),
            record.headers(),
            0,
            now);
    if (settings.order() == FetchOrder.ARRIVAL) {
      pending.find(record.key()).ifPresent(this::supersede);
      if (event.image() == null) {
        forward(event, new FetchResult.Removed(eventId(event)));
        return;
      }
    }
    file(event);
  }

  private void supersede(Row older) {
    Slot slot = window.remove(older.place());
    if (slot != null && slot.load != null) {
      slot.load.cancel();
      loading--;
    }
    pending.delete(older);
    PendingEvent event = older.event();
    forward(
        event,
        event.image() == null
            ? new FetchResult.Removed(eventId(event))
            : failed(
                event,
                new FetchOutcome.Failed(
                    FailureReason.SUPERSEDED, "a newer event of the same image came first"),
                event.attempts()));
  }

  /** Puts an event into the store, where it is found when its rank has come. */
  private void file(PendingEvent event) {
    long rank;
    if (settings.order() == FetchOrder.SOURCE) {
      // Behind everything that was filed already: ranks are then in the order of offsets.
      rank = Math.max(event.dueAt(), lastFiled.orElseGet(pending::lastRank));
      lastFiled = OptionalLong.of(rank);
    } else {
      // Behind everything that was taken already, even if the clock was set back.
      rank = Math.max(event.dueAt(), lastTaken.rank() + (event.attempts() > 0 ? 1 : 0));
    }
    pending.put(new Row(new Place(rank, event.offset()), event));
    nextRank = Math.min(nextRank, rank);
  }

  private void tick(long now) {
    drain(now);
    release();
    take(now);
    start(now);
  }

  private void drain(long now) {
    for (Completion done = completions.poll(); done != null; done = completions.poll()) {
      Slot slot = window.get(done.place());
      if (slot == null || slot.load == null || slot.row.event().attempts() != done.attempt()) {
        continue;
      }
      slot.load = null;
      loading--;
      PendingEvent event = slot.row.event();
      switch (done.result()) {
        case LoadResult.Loaded loaded ->
            slot.result =
                new FetchResult.Fingerprinted(eventId(event), event.image(), loaded.fingerprint());
        case LoadResult.Moved moved -> throw new IllegalStateException("not yet");
        case LoadResult.Failed(FetchOutcome.Failed failure) -> {
          int attempts = event.attempts() + 1;
          Optional<Duration> delay = settings.retry().delay(failure, attempts, random);
          if (delay.isPresent()) {
            retry(slot, event.triedAgainAt(now + delay.get().toMillis()));
          } else {
            slot.result = failed(event, failure, attempts);
          }
        }
      }
    }
  }

  private void retry(Slot slot, PendingEvent event) {
    if (settings.order() == FetchOrder.SOURCE) {
      slot.row = new Row(slot.row.place(), event);
      pending.update(slot.row);
    } else {
      window.remove(slot.row.place());
      pending.delete(slot.row);
      file(event);
    }
  }

  private void release() {
    Iterator<Slot> slots = window.values().iterator();
    while (slots.hasNext()) {
      Slot slot = slots.next();
      if (slot.result != null) {
        forward(slot.row.event(), slot.result);
        pending.delete(slot.row);
        slots.remove();
      } else if (settings.order() == FetchOrder.SOURCE) {
        return;
      }
    }
  }

  private void take(long now) {
    boolean inSourceOrder = settings.order() == FetchOrder.SOURCE;
    long maxRank = inSourceOrder ? Long.MAX_VALUE - 1 : Math.max(now, lastTaken.rank());
    int room = (inSourceOrder ? settings.window() : settings.inFlight()) - window.size();
    if (room <= 0 || nextRank > maxRank) {
      return;
    }
    var rows = pending.next(lastTaken, maxRank, room);
    for (Row row : rows) {
      lastTaken = row.place();
      if (inSourceOrder || pending.isLatest(row)) {
        window.put(row.place(), new Slot(row));
      } else {
        // Left from source order, where an image may have several.
        supersede(row);
      }
    }
    if (rows.size() < room) {
      nextRank = maxRank + 1;
    }
  }

  private void start(long now) {
    for (Map.Entry<Place, Slot> entry : window.entrySet()) {
      if (loading >= settings.inFlight()) {
        return;
      }
      Slot slot = entry.getValue();
      PendingEvent event = slot.row.event();
      boolean waits = event.attempts() > 0 && event.dueAt() > now;
      if (slot.load != null || slot.result != null || waits) {
        continue;
      }
      if (event.image() == null) {
        slot.result = new FetchResult.Removed(eventId(event));
        continue;
      }
      Queue<Completion> mine = completions;
      slot.load =
          loader.start(
              event.image().source(),
              0,
              left -> {},
              result -> mine.add(new Completion(entry.getKey(), event.attempts(), result)));
      loading++;
    }
  }

  private EventId eventId(PendingEvent event) {
    return new EventId(eventTopic, context.taskId().partition(), event.offset());
  }

  private FetchResult failed(PendingEvent event, FetchOutcome.Failed failure, int attempts) {
    return new FetchResult.Failed(
        eventId(event),
        event.image(),
        failure.reason(),
        failure.detail(),
        failure.retry() != FailureReason.Retry.NEVER,
        failure.httpStatus(),
        attempts);
  }

  private void forward(PendingEvent event, FetchResult result) {
    context.forward(new Record<>(event.key(), result, event.timestamp(), event.headers()));
  }

  @Override
  public void close() {
    // A task that is revived keeps its punctuators, and init makes a new one.
    ticking.cancel();
    for (Slot slot : window.values()) {
      if (slot.load != null) {
        slot.load.cancel();
      }
    }
  }
}
