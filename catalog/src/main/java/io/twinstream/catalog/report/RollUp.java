package io.twinstream.catalog.report;

import io.twinstream.schema.Match;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Counts, for each of some attributes, which value re-used whose pictures: how many duplicates with
 * one value have an original with the other. Attributes are counted one after the other; each takes
 * memory for its pairs of values, which are as many as its duplicates at most.
 */
final class RollUp {
  /** How many attributes are rolled up at most. */
  static final int MAX_ATTRIBUTES = 20;

  /**
   * Of an attribute that nobody asked for, so many pairs of values are listed; the rest is a sum.
   */
  static final int MAX_PAIRS = 10_000;

  /** With no more values than this an attribute is never near-unique. */
  static final int FEW_VALUES = 20;

  private static final Comparator<Reuse> MOST_FIRST =
      Comparator.comparingLong(Reuse::duplicates).reversed();

  private final List<Duplicate> duplicates;
  private final boolean areChosen;
  private final List<Reuse> reuses = new ArrayList<>();
  private final List<Line> others = new ArrayList<>();

  private RollUp(List<Duplicate> duplicates, boolean areChosen) {
    this.duplicates = duplicates;
    this.areChosen = areChosen;
  }

  /** The value of a duplicate and that of its original. */
  private record Values(String duplicate, String original) {}

  /** A line of the result. */
  sealed interface Line {
    /** The attribute that it is about. */
    String attribute();
  }

  /**
   * One value re-used pictures of another, or its own.
   *
   * @param value of the duplicates
   * @param originalValue of their originals; empty if they have none or are there no more
   * @param duplicates how many
   * @param exact how many of them have the bytes of their original
   * @param originals how many pictures were re-used
   * @param example the pair of smallest distance, the first of several
   */
  record Reuse(
      String attribute,
      String value,
      String originalValue,
      long duplicates,
      long exact,
      long originals,
      Duplicate example)
      implements Line {}

  /**
   * The sum of those pairs of values that have the fewest duplicates and are not listed.
   *
   * @param pairs how many
   * @param duplicates of all of them
   * @param exact how many of these have the bytes of their original
   */
  record Remainder(String attribute, long pairs, long duplicates, long exact) implements Line {}

  /**
   * An attribute that is not rolled up.
   *
   * @param why in words for a person
   */
  record LeftOut(String attribute, String why) implements Line {}

  /**
   * The roll-up: most duplicates first, then sums and what was left out.
   *
   * @param duplicates those of one original beside each other
   * @param names the attributes, in the order that decides among equals
   * @param areChosen whether somebody asked for these, so that all of their pairs are listed, and
   *     near-unique ones, too
   */
  static List<Line> of(List<Duplicate> duplicates, List<String> names, boolean areChosen) {
    RollUp rollUp = new RollUp(duplicates, areChosen);
    names.stream().limit(MAX_ATTRIBUTES).forEach(rollUp::count);
    int further = names.size() - MAX_ATTRIBUTES;
    if (further > 0) {
      rollUp.others.add(
          new LeftOut(
              "",
              String.format(
                  Locale.ROOT,
                  "%,d further attributes: the first %d are rolled up; --roll-up chooses",
                  further,
                  MAX_ATTRIBUTES)));
    }
    rollUp.reuses.sort(MOST_FIRST);
    List<Line> lines = new ArrayList<>(rollUp.reuses);
    lines.addAll(rollUp.others);
    return lines;
  }

  private void count(String attribute) {
    Map<Values, Tally> tallies = new LinkedHashMap<>();
    for (Duplicate duplicate : duplicates) {
      if (duplicate.row().image().attributes().has(attribute)) {
        tallies.computeIfAbsent(values(attribute, duplicate), pair -> new Tally()).add(duplicate);
      }
    }
    if (tallies.isEmpty()) {
      others.add(new LeftOut(attribute, "no duplicate has this attribute"));
    } else if (!areChosen && isNearUnique(tallies)) {
      others.add(
          new LeftOut(
              attribute,
              "most duplicates have a value of their own; --roll-up rolls it up anyway"));
    } else {
      List<Reuse> pairs = new ArrayList<>();
      tallies.forEach((values, tally) -> pairs.add(tally.reuse(attribute, values)));
      pairs.sort(MOST_FIRST);
      list(attribute, pairs);
    }
  }

  private static Values values(String attribute, Duplicate duplicate) {
    return new Values(
        duplicate.row().image().attributes().text(attribute),
        duplicate.original().map(row -> row.image().attributes().text(attribute)).orElse(""));
  }

  private static boolean isNearUnique(Map<Values, Tally> tallies) {
    long values = tallies.keySet().stream().map(Values::duplicate).distinct().count();
    long duplicates = tallies.values().stream().mapToLong(tally -> tally.duplicates).sum();
    return values > FEW_VALUES && values > duplicates / 2;
  }

  private void list(String attribute, List<Reuse> pairs) {
    int listed = areChosen ? pairs.size() : Math.min(pairs.size(), MAX_PAIRS);
    reuses.addAll(pairs.subList(0, listed));
    List<Reuse> rest = pairs.subList(listed, pairs.size());
    if (!rest.isEmpty()) {
      others.add(
          new Remainder(
              attribute,
              rest.size(),
              rest.stream().mapToLong(Reuse::duplicates).sum(),
              rest.stream().mapToLong(Reuse::exact).sum()));
    }
  }

  /** What is counted of a pair of values. */
  private static final class Tally {
    private long duplicates;
    private long exact;
    private long originals;
    private Duplicate example;
    private Duplicate latest;

    private void add(Duplicate duplicate) {
      duplicates++;
      exact += duplicate.match().kind() == Match.Kind.EXACT ? 1 : 0;
      originals += latest != null && isOfSameOriginal(latest, duplicate) ? 0 : 1;
      latest = duplicate;
      if (example == null || duplicate.match().distance() < example.match().distance()) {
        example = duplicate;
      }
    }

    private static boolean isOfSameOriginal(Duplicate one, Duplicate other) {
      return one.match().position() == other.match().position()
          && one.row().image().collection().equals(other.row().image().collection());
    }

    private Reuse reuse(String attribute, Values values) {
      return new Reuse(
          attribute, values.duplicate, values.original, duplicates, exact, originals, example);
    }
  }
}
