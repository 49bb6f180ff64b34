package io.twinstream.ingest;

import io.twinstream.schema.SourceProgress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads an {@link ImageSource} pass by pass. A batch is some images and dead letters and then,
 * last, how far the source has been read. Between two passes there is nothing to poll.
 *
 * <p>{@code poll} belongs to one thread; {@code stop} and {@code commit} may come from another.
 * Connect calls {@code stop} only after {@code poll} has returned, so no {@code poll} takes much
 * longer than a second: it waits for the thread that reads, never for a file system.
 */
public abstract class ImageSourceTask extends SourceTask {
  private static final Logger LOG = LoggerFactory.getLogger(ImageSourceTask.class);
  private static final Duration PATIENCE = Duration.ofMillis(800);

  /** Each batch is a transaction, so a few large ones are cheaper than many small ones. */
  private static final Duration LINGER = Duration.ofMillis(100);

  private static final Duration IDLE_WAIT = Duration.ofMillis(100);

  /** After which a source that is to be read once, and could not be read on, is tried again. */
  private static final Duration SECOND_TRY = Duration.ofSeconds(5);

  private final LongSupplier nanoClock;
  private final CountDownLatch stopped = new CountDownLatch(1);

  private SourceSettings settings;
  private Tolerance tolerance;
  private EventRecords events;
  private ImageSource source;

  /** When the last pass ended; nothing to go by before that. */
  private long endedAt;

  /** How long after that the next begins; {@link SourceSettings#NEVER}: not at all. */
  private Duration pause;

  /** Whether the source could be opened by now, so that its settings are right. */
  private boolean openedBefore;

  /** The pass under way; null between two. */
  private volatile Reading<SourceRecord> reading;

  /**
   * Why the task has to end, once all that was found before is told; null as long as it needn't.
   */
  private RuntimeException failure;

  /** The progress told last; null before the first. */
  private SourceProgress told;

  /** Set by {@code poll}, cleared by {@code commit}. */
  private volatile boolean uncommitted;

  /**
   * A task by the given clock, which decides when a source is read again.
   *
   * @param nanoClock counts nanoseconds and never jumps, such as {@link System#nanoTime}
   */
  protected ImageSourceTask(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  @Override
  public String version() {
    return ImageSourceConnector.VERSION;
  }

  /** The settings that every source has, out of a connector's. */
  protected abstract SourceSettings settings(Map<String, String> properties);

  /**
   * The source to read. Asks neither the file system nor Connect for anything yet.
   *
   * @param remembered what earlier runs have left
   */
  protected abstract ImageSource source(
      Map<String, String> properties, OffsetStorageReader remembered);

  @Override
  public final void start(Map<String, String> properties) {
    settings = settings(properties);
    tolerance = Tolerance.of(properties);
    events = new EventRecords(settings.origin().name(), settings.topics());
    source = source(properties, context.offsetStorageReader());
    begin();
  }

  @Override
  public final List<SourceRecord> poll() throws InterruptedException {
    if (failure != null) {
      throw failure;
    }
    if (reading == null && isDue()) {
      begin();
    }
    if (reading == null) {
      stopped.await(IDLE_WAIT.toMillis(), TimeUnit.MILLISECONDS);
      return null;
    }
    List<SourceRecord> records = batch(reading.take(PATIENCE, LINGER));
    uncommitted |= !records.isEmpty();
    if (records.isEmpty() && failure != null) {
      throw failure;
    }
    return records.isEmpty() ? null : records;
  }

  /**
   * A pass looks up what was told before, so it begins only when that has been committed. Connect
   * commits now and then; records still under way at that moment may be published once more.
   */
  private boolean isDue() {
    return !isStopped()
        && !uncommitted
        && !pause.equals(SourceSettings.NEVER)
        && Duration.ofNanos(nanoClock.getAsLong() - endedAt).compareTo(pause) >= 0;
  }

  private void begin() {
    reading =
        new Reading<>(
            settings.origin().name(),
            source,
            this::record,
            EventRecords::size,
            settings.batchSize());
    if (isStopped()) {
      end();
    }
  }

  private SourceRecord record(Finding found) {
    return switch (found) {
      case Finding.Image image -> events.of(image);
      case Finding.Refused refused -> {
        tolerance.meet(settings.origin().name(), refused);
        yield events.of(refused);
      }
      case Finding.Nothing nothing -> throw new IllegalArgumentException("nothing is no record");
    };
  }

  private List<SourceRecord> batch(List<Reading.Step<SourceRecord>> steps) {
    List<SourceRecord> records = new ArrayList<>(steps.size() + 1);
    Reading.Step.Found<SourceRecord> last = null;
    for (Reading.Step<SourceRecord> step : steps) {
      switch (step) {
        case Reading.Step.Found<SourceRecord> found -> {
          records.add(found.what());
          last = found;
        }
        case Reading.Step.End<SourceRecord> end -> {
          end();
          openedBefore = true;
          tell(records, end.tally(), end.bookmark(), true);
          return records;
        }
        case Reading.Step.Unopened<SourceRecord> unopened -> {
          end();
          unopened(unopened.reason());
        }
        case Reading.Step.Lost<SourceRecord> lost -> {
          end();
          openedBefore = true;
          unopened(lost.reason());
        }
        case Reading.Step.Broken<SourceRecord> broken -> {
          end();
          failure = failure(broken.reason());
        }
      }
    }
    if (last != null) {
      tell(records, last.tally(), last.bookmark(), false);
    }
    return records;
  }

  /** A pass that found everything as it was has nothing to tell. */
  private void tell(List<SourceRecord> records, Tally tally, Bookmark bookmark, boolean complete) {
    SourceProgress progress =
        SourceProgress.ofShare(
            settings.origin().name(),
            tally.published(),
            tally.skipped(),
            tally.unreadable(),
            settings.share().task(),
            settings.share().tasks(),
            complete);
    if (!records.isEmpty() || !progress.equals(told)) {
      records.add(events.of(progress, bookmark));
      told = progress;
    }
  }

  /** Whoever replaces a source may take a while: it may be missing or half written for now. */
  private void unopened(Exception reason) {
    if (openedBefore) {
      if (pause.equals(SourceSettings.NEVER)) {
        pause = SECOND_TRY;
      }
      LOG.warn(
          "the source can't be read now and is tried again later source={} reason={}",
          settings.origin().name(),
          reason.toString());
    } else {
      failure = failure(reason);
    }
  }

  private RuntimeException failure(Throwable reason) {
    return switch (reason) {
      case UnusableSourceException e -> ImageSourceConnector.toConfigException(e);
      case Tolerance.IntolerableException e -> new ConnectException(e.getMessage(), e);
      case ConnectException e -> e;
      case IOException e ->
          new ConnectException(
              "the source \"%s\" can't be read: %s".formatted(settings.origin().name(), e), e);
      default ->
          new ConnectException(
              "reading the source \"%s\" has failed: %s"
                  .formatted(settings.origin().name(), reason),
              reason);
    };
  }

  private void end() {
    reading.close();
    reading = null;
    endedAt = nanoClock.getAsLong();
    pause = settings.rescanInterval();
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  @Override
  public final void commit() {
    uncommitted = false;
  }

  @Override
  public final void stop() {
    stopped.countDown();
    Reading<SourceRecord> underWay = reading;
    if (underWay != null) {
      underWay.close();
    }
  }
}
