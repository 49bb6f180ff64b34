package io.twinstream.standalone;

import io.twinstream.standalone.operate.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** A line now and then, but none of what is soon over. Confined to one thread. */
final class ReadingProgress implements Progress {
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  private final PrintWriter out;
  private long lastShown = System.nanoTime();

  ReadingProgress(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void at(String what, long done, long of) {
    long now = System.nanoTime();
    if (now - lastShown >= INTERVAL.toNanos()) {
      lastShown = now;
      out.printf(Locale.ROOT, "Reading %s: %,d of %,d%n", what, done, of);
      out.flush();
    }
  }
}
