package io.twinstream.accuracy.report;

import io.twinstream.accuracy.report.AccuracyJson.AtRadius;
import io.twinstream.accuracy.report.AccuracyJson.OfConfiguration;
import io.twinstream.accuracy.report.AccuracyJson.OfPreset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
    if (!first.presets().isEmpty()) {
      lines.add("");
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
              "| %d | %s | %d | %,d of %,d | %.2g | %s |",
              ++number,
              one.configuration(),
              one.radius(),
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
    StringBuilder head = new StringBuilder("| recall, % |");
    for (int number = 1; number <= all.size(); number++) {
      head.append(' ').append(number).append(" |");
    }
    lines.add(head.toString());
    lines.add("|---|" + "---|".repeat(all.size()));
    for (String edit : all.getFirst().recall().keySet()) {
      StringBuilder row = new StringBuilder("| " + edit + " |");
      all.forEach(one -> row.append(' ').append(whole(one.recall().get(edit))).append(" |"));
      lines.add(row.toString());
    }
    return lines;
  }

  /** The first configuration at several radii. */
  public static List<String> radii(OfConfiguration configuration) {
    List<String> lines = new ArrayList<>();
    lines.add("| " + configuration.configuration() + ": radius | false pairs | mean recall |");
    lines.add("|---|---|---|");
    for (AtRadius at : configuration.radii()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "| %d | %,d | %s |",
              at.radius(),
              at.falsePairs(),
              percent(at.meanRecall())));
    }
    return lines;
  }

  /** What the presets would be by this sample, for each configuration that has enough of a tail. */
  public static List<String> presets(AccuracyJson accuracy) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "| | preset | radius | false matches an image, at most, among 1,000 | 100,000 | 1,000,000 |"
            + " mean recall |");
    lines.add("|---|---|---|---|---|---|---|");
    int number = 0;
    for (OfConfiguration one : accuracy.configurations()) {
      number++;
      for (OfPreset preset : one.presets()) {
        if (preset.radius() < 0) {
          lines.add(
              String.format(Locale.ROOT, "| %d | %s | none | | | | |", number, preset.preset()));
          continue;
        }
        List<Double> matches = List.copyOf(preset.falseMatchesAtMost().values());
        lines.add(
            String.format(
                Locale.ROOT,
                "| %d | %s | %d%s | %s | %s | %s | %s |",
                number,
                preset.preset(),
                preset.radius(),
                preset.extrapolated() ? " *" : "",
                share(matches.get(0)),
                share(matches.get(1)),
                share(matches.get(2)),
                percent(preset.meanRecall())));
      }
    }
    lines.add("");
    lines.add("\\* extrapolated: no pair was seen that near");
    return lines;
  }

  private static String share(double value) {
    return String.format(Locale.ROOT, "%.2g", value);
  }

  private static String whole(Double share) {
    return share == null ? "" : String.format(Locale.ROOT, "%.0f", 100 * share);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
