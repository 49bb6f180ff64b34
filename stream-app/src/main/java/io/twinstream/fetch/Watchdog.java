package io.twinstream.fetch;

import io.twinstream.fetch.FetchOutcome.Failed;
import io.twinstream.schema.FailureReason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends fetches that take too long in one of their phases: OkHttp's own time-outs are between two
 * bytes, so that whoever sends a byte now and then would be waited for without end. One thread
 * looks at all fetches every 50 ms. Thread-safe.
 */
final class Watchdog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
  private static final Duration TICK = Duration.ofMillis(50);

  private final FetchLimits limits;
  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("fetch-watchdog").daemon().factory());

  private final ScheduledFuture<?> ticking;

  Watchdog(FetchLimits limits) {
    this.limits = limits;
    this.ticking =
        timer.scheduleWithFixedDelay(
            this::look, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      watches.forEach(Watch::look);
    } catch (RuntimeException e) {
      // Thrown further, it would end all further looks without a word.
      LOG.error("Looking after the limits of fetches failed", e);
    }
  }

  /** Watches a fetch from now on. */
  Watch watch() {
    Watch watch = new Watch();
    watches.add(watch);
    return watch;
  }

  @Override
  public void close() {
    ticking.cancel(false);
    timer.shutdownNow();
  }

  private record Limit(long end, Failed failure) {}

  /**
   * One fetch, from its first request to its last byte. It hears from OkHttp which phase it is in.
   * All methods but {@link #look} are called by the thread that fetches.
   */
  final class Watch extends EventListener implements AutoCloseable {
    private volatile Limit total =
        limit(
            limits.total(),
            FailureReason.TOO_SLOW,
            "the whole took more than %d ms".formatted(limits.total().toMillis()));
    private volatile Limit phase;
    private volatile Call call;
    private volatile boolean paused;
    private volatile Failed expired;
    private boolean acquired;
    private boolean connected;
    private boolean answered;

    private Watch() {}

    /** The next request. */
    void next(Call next) {
      phase = null;
      acquired = false;
      connected = false;
      answered = false;
      call = next;
      if (expired != null) {
        // Between two requests, when there was none to end.
        next.cancel();
      }
    }

    /**
     * Whether the call may have failed only because its connection, kept from an earlier one, was
     * no longer there: no answer came on it.
     */
    boolean isStale(IOException e) {
      boolean isOld = acquired && !connected && !answered;
      boolean isOurs =
          expired != null
              || e instanceof SocketTimeoutException
              || Thread.currentThread().isInterrupted();
      return isOld && !isOurs;
    }

    /** Why the call was ended, if it was. */
    Optional<Failed> expired() {
      return Optional.ofNullable(expired);
    }

    /** Stops the clock as long as something of our own is waited for. */
    void waiting(Wait wait) throws InterruptedException {
      long since = System.nanoTime();
      paused = true;
      try {
        wait.run();
      } finally {
        total = new Limit(total.end + System.nanoTime() - since, total.failure);
        paused = false;
      }
    }

    /** On the watchdog's thread. */
    private void look() {
      long now = System.nanoTime();
      Limit current = phase;
      Limit whole = total;
      if (paused || expired != null) {
        return;
      }
      if (current != null && now - current.end > 0) {
        end(current.failure);
      } else if (now - whole.end > 0) {
        end(whole.failure);
      }
    }

    private void end(Failed failure) {
      expired = failure;
      Call current = call;
      if (current != null) {
        current.cancel();
      }
    }

    private static Limit limit(Duration time, FailureReason reason, String detail) {
      return new Limit(System.nanoTime() + time.toNanos(), new Failed(reason, detail));
    }

    @Override
    public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
      connected = true;
      if (phase == null) {
        phase =
            limit(
                limits.connect(),
                FailureReason.TIMEOUT,
                "no connection stood within %d ms".formatted(limits.connect().toMillis()));
      }
    }

    @Override
    public void connectionAcquired(Call call, Connection connection) {
      acquired = true;
      phase = null;
    }

    @Override
    public void requestHeadersStart(Call call) {
      // Silence of the same length is a time-out, which is found by reading and comes first.
      phase =
          limit(
              limits.head().plus(TICK.multipliedBy(4)),
              FailureReason.TOO_SLOW,
              "the head of the answer took more than %d ms".formatted(limits.head().toMillis()));
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
      answered = true;
      phase = null;
    }

    @Override
    public void requestFailed(Call call, IOException e) {
      phase = null;
    }

    @Override
    public void responseFailed(Call call, IOException e) {
      phase = null;
    }

    @Override
    public void close() {
      watches.remove(this);
    }
  }

  /** Something of our own that is waited for. */
  @FunctionalInterface
  interface Wait {
    void run() throws InterruptedException;
  }
}
