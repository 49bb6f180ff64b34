package io.twinstream.fetch;

import io.twinstream.fetch.FetchOutcome.Failed;
import io.twinstream.fetch.FetchOutcome.Fetched;
import io.twinstream.schema.FailureReason;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import okhttp3.ResponseBody;
import okio.BufferedSource;

/** Reads the body of an answer within its limits. Thread-safe. */
final class BodyReader {
  /** Most pictures of the web need it doubled once at most. */
  private static final int FIRST_BYTES = 1 << 16;

  private final FetchLimits limits;
  private final ByteRate rate;

  BodyReader(FetchLimits limits) {
    this.limits = limits;
    this.rate = new ByteRate(limits.allBytesPerSecond());
  }

  /**
   * Reads to the end, or to the limit and no further: of a compressed body nothing is unpacked
   * beyond it.
   */
  FetchOutcome read(ResponseBody body, MemoryBudget.Lease memory, Watchdog.Watch watch)
      throws IOException, InterruptedException {
    int most = (int) limits.bodyBytes();
    // Of a compressed body it is unknown, -1.
    long promised = body.contentLength();
    if (promised > most) {
      return tooLarge();
    }
    BufferedSource in = body.source();
    Pace pace = new Pace(watch);
    byte[] bytes = {};
    int count = 0;
    while (true) {
      if (count == bytes.length) {
        if ((count == promised || count == most) && in.exhausted()) {
          return new Fetched(bytes);
        } else if (count == most) {
          return tooLarge();
        }
        int size = size(bytes.length, promised, most);
        int more = size - bytes.length;
        pace.waiting(() -> memory.grow(more));
        bytes = Arrays.copyOf(bytes, size);
      }
      int read = in.read(bytes, count, bytes.length - count);
      if (read < 0) {
        return new Fetched(Arrays.copyOf(bytes, count));
      }
      count += read;
      Duration wait = rate.take(read, System.nanoTime());
      if (wait.isPositive()) {
        pace.waiting(() -> TimeUnit.NANOSECONDS.sleep(wait.toNanos()));
      }
      if (pace.isTooSlow(count)) {
        return new Failed(
            FailureReason.TOO_SLOW,
            String.format(
                Locale.ROOT,
                "%,d bytes came in %d ms, fewer than %,d a second",
                count,
                pace.taken() / 1_000_000,
                limits.leastRate()));
      }
    }
  }

  /**
   * Grows by doubling, so that a promise which isn't kept costs no more than twice what came; the
   * promise only keeps the last step from being too long.
   */
  private static int size(int now, long promised, int most) {
    long doubled = Math.max(FIRST_BYTES, 2L * now);
    long enough = promised > now ? promised : most;
    return (int) Math.min(doubled, Math.min(enough, most));
  }

  private Failed tooLarge() {
    return new Failed(
        FailureReason.TOO_LARGE,
        String.format(Locale.ROOT, "the body has more than %,d bytes", limits.bodyBytes()));
  }

  /** How fast a server is, without what it waits for us. */
  private final class Pace {
    private final Watchdog.Watch watch;
    private final long startedAt = System.nanoTime();
    private long waited;

    private Pace(Watchdog.Watch watch) {
      this.watch = watch;
    }

    private void waiting(Watchdog.Wait wait) throws InterruptedException {
      long since = System.nanoTime();
      watch.waiting(wait);
      waited += System.nanoTime() - since;
    }

    private long taken() {
      return System.nanoTime() - startedAt - waited;
    }

    private boolean isTooSlow(long bytes) {
      long nanos = taken();
      return nanos > limits.grace().toNanos() && bytes < nanos / 1e9 * limits.leastRate();
    }
  }
}
