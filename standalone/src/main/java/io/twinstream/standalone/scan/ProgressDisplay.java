package io.twinstream.standalone.scan;

import io.twinstream.catalog.VerdictCounts;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows how far a scan is: a bar that is drawn over on a terminal, a line every now and then
 * elsewhere. Confined to one thread.
 */
public final class ProgressDisplay {
  private static final int BAR = 24;
  private static final Duration ON_TERMINAL = Duration.ofMillis(200);
  private static final Duration ELSEWHERE_AT_FIRST = Duration.ofSeconds(1);
  private static final Duration ELSEWHERE_IN_THE_END = Duration.ofSeconds(30);

  /**
   * From the first verdict on: so long decoders and the compiler of Java warm up, and a rate of it
   * would promise far too long a time.
   */
  private static final Duration WARM_UP = Duration.ofSeconds(3);

  /** So long a rate is measured after that before anything is told from it. */
  private static final Duration MEASURED = Duration.ofSeconds(3);

  private static final String CLEAR_LINE = "\r\u001B[K";

  private final PrintStream out;
  private final boolean isTerminal;
  private final LongSupplier nanoTime;
  private long lastShown = Long.MIN_VALUE;
  private Mark start;
  private Mark first;
  private Mark warm;

  /** How many were judged at some time. */
  private record Mark(long at, long judged) {
    double rate(VerdictCounts counts, long now) {
      return now > at ? (counts.judged() - judged) * 1e9 / (now - at) : 0;
    }
  }

  /**
   * Shows nothing yet.
   *
   * @param isTerminal whether lines can be drawn over
   * @param nanoTime a clock such as {@link System#nanoTime()}
   */
  public ProgressDisplay(PrintStream out, boolean isTerminal, LongSupplier nanoTime) {
    this.out = out;
    this.isTerminal = isTerminal;
    this.nanoTime = nanoTime;
  }

  /** Says something that stays. */
  public void say(String text) {
    out.println((isTerminal ? CLEAR_LINE : "") + text);
    out.flush();
  }

  /** Says what is going on before there is anything to count. */
  public void phase(String text) {
    if (isTerminal) {
      out.print(CLEAR_LINE + text);
      out.flush();
    }
  }

  /** Whether it is time to {@link #show} again. */
  public boolean isDue() {
    return lastShown == Long.MIN_VALUE || nanoTime.getAsLong() - lastShown >= interval();
  }

  /** In a log the lines come ever more rarely, so that a long run does not fill it. */
  private long interval() {
    return isTerminal
        ? ON_TERMINAL.toNanos()
        : Math.clamp(
            (lastShown - start.at) / 10,
            ELSEWHERE_AT_FIRST.toNanos(),
            ELSEWHERE_IN_THE_END.toNanos());
  }

  /**
   * Shows the counts.
   *
   * @param isTotalKnown whether all images are handed in
   * @param unavailable hosts that are left alone for a while; how long it will all take is unknown
   *     as long as there are any
   */
  public void show(VerdictCounts counts, boolean isTotalKnown, List<String> unavailable) {
    long now = nanoTime.getAsLong();
    lastShown = now;
    boolean isFirst = start == null;
    mark(counts, now);
    if (isFirst && !isTerminal) {
      return;
    }
    String line =
        line(counts, isTotalKnown, start.rate(counts, now))
            + (unavailable.isEmpty()
                ? timeLeft(counts, isTotalKnown, now)
                : waitingFor(unavailable));
    if (isTerminal) {
      out.print(CLEAR_LINE + line);
      out.flush();
    } else {
      out.println(line);
    }
  }

  private void mark(VerdictCounts counts, long now) {
    Mark mark = new Mark(now, counts.judged());
    if (start == null) {
      start = mark;
    } else if (first == null) {
      first = mark.judged > start.judged ? mark : null;
    } else if (warm == null && now - first.at >= WARM_UP.toNanos()) {
      warm = mark;
    }
  }

  private String timeLeft(VerdictCounts counts, boolean isTotalKnown, long now) {
    if (!isTotalKnown || warm == null || now - warm.at < MEASURED.toNanos()) {
      return "";
    }
    long left = counts.images() - counts.judged();
    double rate = warm.rate(counts, now);
    return rate > 0 ? ", " + duration(left / rate) + " left" : "";
  }

  private static String waitingFor(List<String> hosts) {
    return ", waiting for "
        + hosts.getFirst()
        + (hosts.size() == 1
            ? ""
            : "; and for %s more host%s".formatted(hosts.size() - 1, hosts.size() == 2 ? "" : "s"));
  }

  private String line(VerdictCounts counts, boolean isTotalKnown, double rate) {
    return String.format(
        Locale.ROOT,
        "%s%,d of %,d%s images, %.0f/s: %,d unique, %,d duplicates, %,d failed",
        isTerminal ? bar(counts) : "",
        counts.judged(),
        counts.images(),
        isTotalKnown ? "" : "+",
        rate,
        counts.unique(),
        counts.duplicates(),
        counts.failed());
  }

  private static String bar(VerdictCounts counts) {
    int full = counts.images() == 0 ? 0 : (int) (BAR * counts.judged() / counts.images());
    return "[" + "#".repeat(full) + "-".repeat(BAR - full) + "] ";
  }

  private static String duration(double seconds) {
    long whole = Math.round(seconds);
    return whole < 60
        ? whole + " s"
        : whole < 3600
            ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
            : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
  }

  /** Leaves a clean line behind. */
  public void done() {
    if (isTerminal) {
      out.print(CLEAR_LINE);
      out.flush();
    }
  }
}
