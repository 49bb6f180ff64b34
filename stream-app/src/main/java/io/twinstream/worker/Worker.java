package io.twinstream.worker;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinstream.fingerprint.FingerprintOutcome;
import io.twinstream.fingerprint.FingerprintOutcome.Refused;
import io.twinstream.fingerprint.FingerprintSettings;
import io.twinstream.schema.FailureReason;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One worker process. For one thread, but for {@link #look}. */
final class Worker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  /** No fingerprint is that large, with a thumbnail either. */
  private static final int MAX_ANSWER = 8 << 20;

  /** For a process that has closed its socket, or was killed. */
  private static final Duration END = Duration.ofSeconds(5);

  /** How Java ends with {@code ExitOnOutOfMemoryError}. */
  private static final int OUT_OF_MEMORY = 3;

  /** To this the number of the signal is added that has ended a process. */
  private static final int SIGNALLED = 128;

  private final String name;
  private final WorkerSettings settings;
  private final Process process;
  private FrameChannel frames;
  private long pictures;

  // Guarded by this.
  private long end;
  // What it would die of at that time; null if it may take all the time in the world.
  private Refused late;
  private Refused death;

  /**
   * Looks after a process that has been started.
   *
   * @param name for its log
   */
  Worker(String name, WorkerSettings settings, Process process) {
    this.name = name;
    this.settings = settings;
    this.process = process;
    WorkerLog.follow(name, process.getInputStream());
    begin(
        settings.start(),
        new Refused(
            FailureReason.INTERNAL_ERROR,
            "the decoder was not ready after %d ms".formatted(settings.start().toMillis())));
  }

  /**
   * Waits until it can work.
   *
   * @param server where it connects to; closed if it ends before
   * @throws WorkerDiedException if it can't work
   */
  void greet(ServerSocketChannel server, FingerprintSettings fingerprints)
      throws WorkerDiedException {
    var _ = process.onExit().thenRun(() -> close(server));
    try {
      frames = new FrameChannel(server.accept(), MAX_ANSWER);
      frames.send(
          new Frame(Frame.Kind.SETTINGS, 0, new JsonMapper().writeValueAsBytes(fingerprints)));
      Frame greeting = frames.receive();
      if (greeting.kind() == Frame.Kind.UNABLE) {
        throw new BrokenFrameException(greeting.text());
      } else if (greeting.kind() != Frame.Kind.READY) {
        throw new BrokenFrameException("it began with " + greeting.kind());
      } else if (!greeting.text().isEmpty()) {
        LOG.warn("THIS IS A DRILL: {} will fail by intent on {}", name, greeting.text());
      }
    } catch (IOException e) {
      throw new WorkerDiedException(die(e), e);
    } finally {
      finish();
    }
  }

  /**
   * What it makes of a file.
   *
   * @throws WorkerDiedException if it has ended instead, or had to be ended
   */
  FingerprintOutcome fingerprint(byte[] file) throws WorkerDiedException {
    begin(
        settings.deadline(),
        new Refused(
            FailureReason.DECODER_TIMEOUT,
            "decoding took more than %d ms".formatted(settings.deadline().toMillis())));
    try {
      pictures++;
      frames.send(new Frame(Frame.Kind.PICTURE, pictures, file));
      return outcome(frames.receive());
    } catch (IOException e) {
      throw new WorkerDiedException(die(e), e);
    } finally {
      finish();
    }
  }

  private FingerprintOutcome outcome(Frame answer) throws IOException {
    if (answer.id() != pictures) {
      throw new BrokenFrameException(
          "it answered to picture %d, not to %d".formatted(answer.id(), pictures));
    }
    return switch (answer.kind()) {
      case OUTCOME -> OutcomeCodec.read(answer.payload());
      case MISTAKE -> {
        LOG.error("{} made a mistake: {}", name, answer.text());
        yield new Refused(
            FailureReason.INTERNAL_ERROR, answer.text().lines().findFirst().orElse(""));
      }
      default -> throw new BrokenFrameException("it answered with " + answer.kind());
    };
  }

  private synchronized void begin(Duration time, Refused whenLate) {
    end = System.nanoTime() + time.toNanos();
    late = whenLate;
  }

  private synchronized void finish() {
    late = null;
  }

  /** Whether it can be given a picture. */
  synchronized boolean isUsable() {
    return death == null && process.isAlive();
  }

  /** Its number among the system's processes. */
  long pid() {
    return process.pid();
  }

  /**
   * Ends it if it takes too long or too much; on the thread of the watch.
   *
   * @return whether it is still there
   */
  synchronized boolean look(long now) {
    if (death != null || !process.isAlive()) {
      return false;
    }
    if (late != null && now - end > 0) {
      kill(late);
    } else if (ResidentSize.of(process.pid()) > settings.residentBytes()) {
      kill(
          crashed(
              String.format(
                  Locale.ROOT,
                  "decoding took more than %,d MB of memory",
                  settings.residentBytes() >> 20)));
    }
    return death == null;
  }

  private void kill(Refused why) {
    death = why;
    process.destroyForcibly();
  }

  private static Refused crashed(String detail) {
    return new Refused(FailureReason.DECODER_CRASHED, detail);
  }

  /** Ends it, and finds out why that is so. */
  private Refused die(IOException e) {
    // Its end of the socket closes a moment before the process is gone.
    boolean ended = !(e instanceof BrokenFrameException) && waitForEnd();
    synchronized (this) {
      if (death == null) {
        kill(crashed(ended ? ending() : "the decoder failed: " + e.getMessage()));
      }
      return death;
    }
  }

  /** What has ended it, for a worker that is not usable. */
  synchronized String whyGone() {
    return death == null ? ending() : death.detail();
  }

  private String ending() {
    int code = process.exitValue();
    if (code == OUT_OF_MEMORY) {
      return String.format(
          Locale.ROOT, "decoding took more than %,d MB of Java's heap", settings.heapBytes() >> 20);
    }
    return code > SIGNALLED
        ? "the decoder was ended by signal %d".formatted(code - SIGNALLED)
        : "the decoder ended with exit code %d".formatted(code);
  }

  private boolean waitForEnd() {
    try {
      return process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // The pool is being closed.
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Ends it, if that is still to be done, and waits until it is gone, interrupted or not. */
  @Override
  public void close() {
    process.destroyForcibly();
    if (frames != null) {
      close(frames);
    }
    close(process.getOutputStream());
    boolean interrupted = Thread.interrupted();
    if (!waitForEnd()) {
      LOG.warn("{} (process {}) does not end", name, process.pid());
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void close(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      LOG.debug("Closing {} failed", closeable, e);
    }
  }
}
