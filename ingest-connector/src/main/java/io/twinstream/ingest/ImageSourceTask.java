package io.twinstream.ingest;

import io.twinstream.schema.SourceProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
 */
public abstract class ImageSourceTask extends SourceTask {
  private static final Logger LOG = LoggerFactory.getLogger(ImageSourceTask.class);
  private static final Duration IDLE_WAIT = Duration.ofMillis(100);

  private final InstantSource clock;
  private final CountDownLatch stopped = new CountDownLatch(1);

  private SourceSettings settings;
  private EventRecords events;
  private ImageSource source;
  private Instant nextPass = Instant.MIN;

  /** The pass under way; null between two. */
  private Pass pass;

  /** The progress told last; null before the first. */
  private SourceProgress told;

  /** Set by {@code poll}, cleared by {@code commit}. */
  private volatile boolean uncommitted;

  /** A task by the given clock, which decides when a source is read again. */
  protected ImageSourceTask(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public String version() {
    return ImageSourceConnector.VERSION;
  }

  /** The settings that every source has, out of a connector's. */
  protected abstract SourceSettings settings(Map<String, String> properties);

  /**
   * The source to read.
   *
   * @param remembered what earlier runs have left
   * @throws UnusableSourceException if there is none as configured
   */
  protected abstract ImageSource source(
      Map<String, String> properties, OffsetStorageReader remembered);

  @Override
  public final synchronized void start(Map<String, String> properties) {
    settings = settings(properties);
    events = new EventRecords(settings.origin().name(), settings.topics());
    try {
      source = source(properties, context.offsetStorageReader());
      pass = source.open();
    } catch (IOException e) {
      throw new ConnectException(unreadable(e), e);
    } catch (UnusableSourceException e) {
      throw ImageSourceConnector.toConfigException(e);
    }
  }

  @Override
  public final List<SourceRecord> poll() throws InterruptedException {
    List<SourceRecord> records = List.of();
    boolean idle;
    synchronized (this) {
      if (pass == null && isDue()) {
        reopen();
      }
      idle = pass == null;
      if (!idle) {
        records = batch();
      }
    }
    if (idle) {
      stopped.await(IDLE_WAIT.toMillis(), TimeUnit.MILLISECONDS);
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
        && !settings.rescanInterval().equals(SourceSettings.NEVER)
        && !clock.instant().isBefore(nextPass);
  }

  /** Whoever replaces a source may take a while: it may be missing or half written for now. */
  private void reopen() {
    try {
      pass = source.open();
    } catch (IOException | UnusableSourceException e) {
      scheduleNextPass();
      LOG.warn(
          "the source can't be read now and is tried again later source={} reason={}",
          settings.origin().name(),
          e.toString());
    }
  }

  private List<SourceRecord> batch() {
    List<SourceRecord> records = new ArrayList<>();
    boolean complete = false;
    try {
      for (int step = 0; step < settings.batchSize() && !complete && !isStopped(); step++) {
        Optional<Finding> found = pass.next();
        complete = found.isEmpty();
        found.map(this::record).ifPresent(records::addAll);
      }
      SourceProgress progress = progress(complete);
      // A pass that found everything as it was has nothing to tell.
      if (!records.isEmpty() || (complete && !progress.equals(told))) {
        records.add(events.of(progress, pass.bookmark()));
        told = progress;
      }
      if (complete) {
        end();
      }
    } catch (IOException e) {
      throw new ConnectException(unreadable(e), e);
    }
    uncommitted |= !records.isEmpty();
    return records;
  }

  private List<SourceRecord> record(Finding found) {
    return switch (found) {
      case Finding.Image image -> List.of(events.of(image));
      case Finding.Refused refused -> List.of(events.of(refused));
      case Finding.Nothing nothing -> List.of();
    };
  }

  private SourceProgress progress(boolean complete) {
    Tally tally = pass.tally();
    return new SourceProgress(
        settings.origin().name(), tally.published(), tally.skipped(), tally.unreadable(), complete);
  }

  private void end() throws IOException {
    pass.close();
    pass = null;
    scheduleNextPass();
  }

  private void scheduleNextPass() {
    nextPass = clock.instant().plus(settings.rescanInterval());
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  private String unreadable(IOException e) {
    return "the source \"%s\" can't be read: %s".formatted(settings.origin().name(), e);
  }

  @Override
  public final void commit() {
    uncommitted = false;
  }

  @Override
  public final void stop() {
    stopped.countDown();
    synchronized (this) {
      try {
        if (pass != null) {
          pass.close();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      pass = null;
    }
  }
}
