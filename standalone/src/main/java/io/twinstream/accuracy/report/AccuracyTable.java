package io.twinstream.accuracy.report;

import io.twinstream.accuracy.report.AccuracyJson.AtRadius;
import io.twinstream.accuracy.report.AccuracyJson.OfConfiguration;
import io.twinstream.accuracy.report.AccuracyJson.OfPreset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Measured accuracy for people: tables in Markdown, which read well in a terminal, too. */
public final class AccuracyTable {
  private AccuracyTable() {}

  /** All lines. */
  public static List<String> lines(AccuracyJson accuracy) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d distinct photographs, %,d edited",
            accuracy.distinct(),
            accuracy.edited()));
    accuracy
        .lookalikes()
        .forEach(one ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "Left out: %s looks like %s (%d bits); if they are distinct, say --distinct",
                    one.name(),
                    one.like(),
                    one.distance())));
    accuracy.problems().forEach(problem -> lines.add("Can't be used: " + problem));
    accuracy.missing().forEach(missing -> lines.add("Not measured: " + missing));
    lines.add("");
    lines.addAll(configurations(accuracy));
    lines.add("");
    lines.addAll(edits(accuracy));
    OfConfiguration first = accuracy.configurations().getFirst();
    lines.add("");
    lines.addAll(radii(first));
    lines.add("");
    if (first.presets().isEmpty()) {
      lines.add("There are too few pairs to tell what comes of the presets.");
    } else {
      lines.addAll(presets(accuracy));
    }
    return lines;
  }

  /** One line a configuration, at its widest radius with at most 2 false pairs of 500,000. */
  public static List<String> configurations(AccuracyJson accuracy) {
    List<String> lines = new ArrayList<>();
    lines.add("| | configuration | radius | false pairs | rate at most | mean recall |");
    lines.add("|---|---|---|---|---|---|");
    int number = 0;
    for (OfConfiguration one : accuracy.configurations()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "| %d | %s | %s | %,d of %,d | %.2g | %s |",
              ++number,
              one.configuration(),
              radius(one.radius()),
              one.falsePairs(),
              one.pairs(),
              one.falseRateAtMost(),
              percent(one.meanRecall())));
    }
    return lines;
  }

  /** One line an edit, one column a configuration, in %. */
  public static List<String> edits(AccuracyJson accuracy) {
    List<OfConfiguration> all = accuracy.configurations();
    List<String> lines = new ArrayList<>();
    List<Integer> numbers = IntStream.rangeClosed(1, all.size()).boxed().toList();
    lines.add(row("recall, %", numbers, number -> Integer.toString(number)));
    lines.add("|---|" + "---|".repeat(all.size()));
    for (String edit : all.getFirst().recall().keySet()) {
      lines.add(row(edit, all, one -> whole(one.recall().get(edit))));
    }
    return lines;
  }

  /** The first configuration: one line an edit, one column a radius, in %. */
  public static List<String> radii(OfConfiguration configuration) {
    List<AtRadius> radii = configuration.radii();
    List<String> lines = new ArrayList<>();
    lines.add(row(configuration.configuration() + ", by radius", radii, at -> radius(at.radius())));
    lines.add("|---|" + "---|".repeat(radii.size()));
    lines.add(row("false pairs", radii, at -> Long.toString(at.falsePairs())));
    lines.add(row("mean recall", radii, at -> percent(at.meanRecall())));
    for (String edit : configuration.recall().keySet()) {
      lines.add(row(edit, radii, at -> whole(at.recall().get(edit))));
    }
    return lines;
  }

  private static <T> String row(String head, List<T> columns, Function<T, String> cell) {
    StringBuilder row = new StringBuilder("| " + head + " |");
    columns.forEach(column -> row.append(' ').append(cell.apply(column)).append(" |"));
    return row.toString();
  }

  /** What comes of the presets by this sample, for each algorithm that has enough of a tail. */
  public static List<String> presets(AccuracyJson accuracy) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "| | preset | radius | false matches an image, at most, among 1,000 | 100,000 | 1,000,000 |"
            + " mean recall | widest here |");
    lines.add("|---|---|---|---|---|---|---|---|");
    int number = 0;
    for (OfConfiguration one : accuracy.configurations()) {
      number++;
      for (OfPreset preset : one.presets()) {
        lines.add("| %d | %s |%s".formatted(number, preset.preset(), cells(preset)));
      }
    }
    lines.add("");
    lines.add("\\* extrapolated: no pair was seen that near");
    return lines;
  }

  private static String cells(OfPreset preset) {
    if (preset.radius() < 0) {
      return " none | | | | | %s |".formatted(radius(preset.widest()));
    }
    StringBuilder cells = new StringBuilder(" " + preset.radius());
    cells.append(preset.extrapolated() ? " * |" : " |");
    preset
        .falseMatchesAtMost()
        .values()
        .forEach(most -> cells.append(' ').append(share(most)).append(" |"));
    return cells
        .append(" %s | %s |".formatted(percent(preset.meanRecall()), radius(preset.widest())))
        .toString();
  }

  private static String radius(int radius) {
    return radius < 0 ? "none" : Integer.toString(radius);
  }

  private static String share(double value) {
    // A model says nothing of what is seldomer still.
    return value < 1e-9 ? "< 1e-9" : String.format(Locale.ROOT, "%.2g", value);
  }

  private static String whole(Double share) {
    return share == null ? "" : String.format(Locale.ROOT, "%.0f", 100 * share);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
