package io.twinstream.ingest;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * One pass through a source on a thread of its own, which takes all the waiting that file systems
 * may ask for, and goes on reading while others are busy with what was found.
 *
 * @param <R> what becomes of a finding, on the same thread
 */
final class Reading<R> implements AutoCloseable {
  /** What is handed over; all but the first kind are the last. */
  sealed interface Step<R> {
    /**
     * Something to tell.
     *
     * @param tally what has been counted up to and with it
     * @param bookmark of the pass, at this place
     */
    record Found<R>(R what, Tally tally, Bookmark bookmark) implements Step<R> {}

    /** The source was read to its end. */
    record End<R>(Tally tally, Bookmark bookmark) implements Step<R> {}

    /** The source could not be opened. */
    record Unopened<R>(Exception reason) implements Step<R> {}

    /** It was open, and what was there has been replaced by what can't be read for now. */
    record Lost<R>(UnusableSourceException reason) implements Step<R> {}

    /** It can't be read on. */
    record Broken<R>(Throwable reason) implements Step<R> {}
  }

  /**
   * Found things wait in about this much memory, in bytes, and as much again is with the caller. A
   * batch is no larger, whatever its number.
   */
  private static final long MAX_WAITING_BYTES = 32 << 20;

  /** As long as it takes to end in order, if the file system answers. */
  private static final Duration FAREWELL = Duration.ofMillis(500);

  private final ImageSource source;
  private final Function<Finding, R> form;
  private final Handover<Step<R>> handover;
  private final Thread thread;
  private volatile boolean stopped;

  /**
   * Begins to read.
   *
   * @param name the source's, for the name of the thread
   * @param form makes of a finding what is handed over; never sees {@link Finding#NOTHING}
   * @param size how much memory that takes, in bytes
   * @param most how many are handed over at a time
   */
  Reading(
      String name,
      ImageSource source,
      Function<Finding, R> form,
      ToLongFunction<R> size,
      int most) {
    this.source = source;
    this.form = form;
    this.handover =
        new Handover<>(
            most,
            MAX_WAITING_BYTES,
            step -> step instanceof Step.Found<R> found ? size.applyAsLong(found.what()) : 0);
    // A file system that never answers must not keep the process.
    this.thread =
        Thread.ofPlatform().daemon().name("twinstream-reads-" + name).start(this::readAndHandOver);
  }

  private void readAndHandOver() {
    try {
      Pass pass;
      try {
        pass = source.open();
      } catch (IOException | UnusableSourceException e) {
        handover.giveLast(new Step.Unopened<>(e));
        return;
      }
      try (pass) {
        read(pass);
      } catch (UnusableSourceException e) {
        handover.giveLast(new Step.Lost<>(e));
      }
    } catch (InterruptedException e) {
      // By close(): nobody waits for anything any more.
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      giveUp(e);
    }
  }

  private void read(Pass pass) throws IOException, InterruptedException {
    Optional<Finding> next = pass.next();
    while (next.isPresent() && !stopped) {
      Finding found = next.get();
      if (!(found instanceof Finding.Nothing)
          && !handover.give(new Step.Found<>(form.apply(found), pass.tally(), pass.bookmark()))) {
        return;
      }
      next = pass.next();
    }
    if (!stopped) {
      handover.giveLast(new Step.End<>(pass.tally(), pass.bookmark()));
    }
  }

  private void giveUp(Throwable reason) {
    try {
      handover.giveLast(new Step.Broken<>(reason));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * What was found since the last time; nothing is taken if the thread is interrupted.
   *
   * @param patience how long to wait for the first finding
   * @param linger how long to wait for more of them
   */
  List<Step<R>> take(Duration patience, Duration linger) throws InterruptedException {
    return handover.take(patience, linger);
  }

  /**
   * Ends it; what was not taken is lost here, and found again by the next reading. If the file
   * system doesn't answer the thread ends when it does, and the file is closed then.
   */
  @Override
  public void close() {
    stopped = true;
    handover.close();
    try {
      if (!thread.join(FAREWELL)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
