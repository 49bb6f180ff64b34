package io.twinstream.standalone.scan;

import io.twinstream.catalog.VerdictCounts;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Shows how far a scan is: a bar that is drawn over on a terminal, a line every now and then
 * elsewhere. Confined to one thread.
 */
public final class ProgressDisplay {
  private static final int BAR = 24;
  private static final Duration ON_TERMINAL = Duration.ofMillis(200);
  private static final Duration ELSEWHERE_AT_FIRST = Duration.ofSeconds(1);
  private static final Duration ELSEWHERE_IN_THE_END = Duration.ofSeconds(30);
  private static final String CLEAR_LINE = "\r\u001B[K";

  private final PrintStream out;
  private final boolean isTerminal;
  private long lastShown = Long.MIN_VALUE;
  private long startedAt;
  private long judgedAtStart = -1;

  /**
   * Shows nothing yet.
   *
   * @param isTerminal whether lines can be drawn over
   */
  public ProgressDisplay(PrintStream out, boolean isTerminal) {
    this.out = out;
    this.isTerminal = isTerminal;
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
    return lastShown == Long.MIN_VALUE || System.nanoTime() - lastShown >= interval();
  }

  /** In a log the lines come ever more rarely, so that a long run does not fill it. */
  private long interval() {
    return isTerminal
        ? ON_TERMINAL.toNanos()
        : Math.clamp(
            (lastShown - startedAt) / 10,
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
    long now = System.nanoTime();
    boolean isFirst = judgedAtStart < 0;
    if (isFirst) {
      judgedAtStart = counts.judged();
      startedAt = now;
    }
    if (isFirst && !isTerminal) {
      lastShown = now;
      return;
    }
    lastShown = now;
    double rate = rate(counts, (now - startedAt) / 1e9);
    String line =
        line(counts, isTotalKnown, rate)
            + (unavailable.isEmpty()
                ? timeLeft(counts, isTotalKnown, rate)
                : waitingFor(unavailable));
    if (isTerminal) {
      out.print(CLEAR_LINE + line);
      out.flush();
    } else {
      out.println(line);
    }
  }

  private double rate(VerdictCounts counts, double seconds) {
    return seconds > 0 ? (counts.judged() - judgedAtStart) / seconds : 0;
  }

  private static String timeLeft(VerdictCounts counts, boolean isTotalKnown, double rate) {
    long left = counts.images() - counts.judged();
    return isTotalKnown && rate > 0 ? ", " + duration(left / rate) + " left" : "";
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
