package io.twinstream.standalone;

import io.twinstream.schema.ImageKey;
import io.twinstream.standalone.replay.diff.Change;
import io.twinstream.standalone.replay.diff.Change.Kind;
import io.twinstream.standalone.replay.diff.Difference;
import io.twinstream.standalone.replay.diff.Outcome;
import io.twinstream.standalone.replay.diff.Outcome.Duplicate;
import io.twinstream.standalone.replay.diff.Outcome.Unique;
import io.twinstream.standalone.replay.diff.Side;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What another run of matching changes, for a person. */
final class DiffText {
  private static final int NAME_WIDTH = 120;
  private static final int SOURCE_WIDTH = 240;

  /** So many distances have a line each; more are put together. */
  private static final int FEW = 12;

  private static final int BUCKET = 4;

  private final PrintWriter out;
  private final Difference difference;

  private DiffText(PrintWriter out, Difference difference) {
    this.out = out;
    this.difference = difference;
  }

  /**
   * Prints it.
   *
   * @param examples how many are shown of each kind at most
   */
  static void print(PrintWriter out, Difference difference, int examples) {
    new DiffText(out, difference).print(examples);
  }

  private void print(int examples) {
    out.println(Printable.line(difference.a().text(), SOURCE_WIDTH));
    out.println(Printable.line(difference.b().text(), SOURCE_WIDTH));
    out.println();
    difference
        .counts()
        .forEach((what, count) -> out.printf(Locale.ROOT, "%,10d  %s%n", count, what));
    printDistances(Kind.NEW_DUPLICATE, difference.b());
    printDistances(Kind.NO_LONGER_DUPLICATE, difference.a());
    for (Kind kind : Kind.values()) {
      printExamples(kind, examples);
    }
    out.flush();
  }

  private void printDistances(Kind kind, Side side) {
    NavigableMap<Integer, Long> counts = difference.byDistance(kind);
    if (counts.isEmpty()) {
      return;
    }
    out.printf("%n%s, by distance to their original in %s:%n", kind.heading(), side.run());
    if (counts.size() <= FEW) {
      counts.forEach(
          (distance, count) -> out.printf(Locale.ROOT, "%,10d  at %d bits%n", count, distance));
      return;
    }
    NavigableMap<Integer, Long> buckets = new TreeMap<>();
    counts.forEach(
        (distance, count) -> buckets.merge(distance / BUCKET * BUCKET, count, Long::sum));
    buckets.forEach((first, count) ->
        out.printf(Locale.ROOT, "%,10d  at %d to %d bits%n", count, first, first + BUCKET - 1));
  }

  private void printExamples(Kind kind, int examples) {
    List<Change> changes = difference.of(kind);
    int shown = Math.min(examples, changes.size());
    if (shown == 0) {
      return;
    }
    out.printf(
        Locale.ROOT,
        "%n%s, %s:%n",
        kind.heading(),
        shown == changes.size()
            ? "all"
            : "%,d of %,d, %s first (--examples shows more)"
                .formatted(shown, changes.size(), first(kind)));
    changes.stream().limit(shown).forEach(this::print);
  }

  private static String first(Kind kind) {
    return switch (kind) {
      case NEW_DUPLICATE, OTHER_ORIGINAL -> "the widest";
      case NO_LONGER_DUPLICATE -> "the closest";
    };
  }

  private void print(Change change) {
    out.printf(
        "  %s  %s%n",
        Printable.line(name(change.image()), NAME_WIDTH),
        Printable.line(change.source(), SOURCE_WIDTH));
    print(difference.a(), change.a());
    print(difference.b(), change.b());
  }

  private static String name(ImageKey image) {
    return image.collection().equals(ImageKey.DEFAULT_COLLECTION) ? image.id() : image.toString();
  }

  private void print(Side side, Outcome outcome) {
    switch (outcome) {
      case Unique _ -> {}
      case Duplicate duplicate ->
          out.printf(
              "      in %s like %s, %d bits%n",
              side.run(), Printable.line(duplicate.original(), NAME_WIDTH), duplicate.distance());
    }
  }
}
