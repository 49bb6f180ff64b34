package io.twinstream.catalog.report;

import io.twinstream.schema.Match;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts, for each of some attributes, which value re-used whose pictures: how many duplicates with
 * one value have an original with the other. What it keeps is bounded, however many duplicates
 * there are.
 */
final class RollUp {
  /** How many attributes are rolled up at most. */
  static final int MAX_ATTRIBUTES = 20;

  /** How many pairs of values an attribute may have at most; with more it is left out. */
  static final int MAX_PAIRS = 10_000;

  /** With no more values than this an attribute is never near-unique. */
  static final int FEW_VALUES = 20;

  private final Map<String, Attribute> attributes = new LinkedHashMap<>();
  private final boolean areChosen;

  private RollUp(List<String> names, boolean areChosen) {
    names.stream().limit(MAX_ATTRIBUTES).forEach(name -> attributes.put(name, new Attribute(name)));
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
   * An attribute that is not rolled up.
   *
   * @param why in words for a person
   */
  record LeftOut(String attribute, String why) implements Line {}

  /**
   * The roll-up: most duplicates first, then what was left out.
   *
   * @param duplicates those of one original beside each other
   * @param names the attributes, in the order that decides among equals
   * @param areChosen whether somebody asked for these, so that near-unique ones count, too
   */
  static List<Line> of(List<Duplicate> duplicates, List<String> names, boolean areChosen) {
    RollUp rollUp = new RollUp(names, areChosen);
    duplicates.forEach(rollUp::add);
    List<Reuse> reuses = new ArrayList<>();
    List<LeftOut> leftOut = new ArrayList<>();
    rollUp.attributes.values().forEach(attribute -> rollUp.collect(attribute, reuses, leftOut));
    int further = names.size() - rollUp.attributes.size();
    if (further > 0) {
      leftOut.add(
          new LeftOut(
              "",
              "%,d further attributes: the first %d are rolled up; --roll-up chooses"
                  .formatted(further, MAX_ATTRIBUTES)));
    }
    reuses.sort(Comparator.comparingLong(Reuse::duplicates).reversed());
    List<Line> lines = new ArrayList<>(reuses);
    lines.addAll(leftOut);
    return lines;
  }

  private void add(Duplicate duplicate) {
    attributes.values().forEach(attribute -> attribute.add(duplicate));
  }

  private void collect(Attribute attribute, List<Reuse> reuses, List<LeftOut> leftOut) {
    if (attribute.hasTooManyPairs) {
      leftOut.add(
          new LeftOut(attribute.name, "more than %,d pairs of values".formatted(MAX_PAIRS)));
    } else if (attribute.tallies.isEmpty()) {
      leftOut.add(new LeftOut(attribute.name, "no duplicate has this attribute"));
    } else if (!areChosen && attribute.isNearUnique()) {
      leftOut.add(
          new LeftOut(
              attribute.name,
              "most duplicates have a value of their own; --roll-up rolls it up anyway"));
    } else {
      attribute.tallies.forEach((values, tally) -> reuses.add(tally.reuse(attribute.name, values)));
    }
  }

  /** An attribute and what is counted of it. */
  private static final class Attribute {
    private final String name;
    private final Map<Values, Tally> tallies = new LinkedHashMap<>();
    private long duplicates;
    private boolean hasTooManyPairs;

    private Attribute(String name) {
      this.name = name;
    }

    private void add(Duplicate duplicate) {
      if (hasTooManyPairs || !duplicate.row().image().attributes().has(name)) {
        return;
      }
      duplicates++;
      Values values =
          new Values(
              duplicate.row().image().attributes().text(name),
              duplicate.original().map(row -> row.image().attributes().text(name)).orElse(""));
      tallies.computeIfAbsent(values, pair -> new Tally()).add(duplicate);
      if (tallies.size() > MAX_PAIRS) {
        hasTooManyPairs = true;
        tallies.clear();
      }
    }

    private boolean isNearUnique() {
      long values = tallies.keySet().stream().map(Values::duplicate).distinct().count();
      return values > FEW_VALUES && values > duplicates / 2;
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
