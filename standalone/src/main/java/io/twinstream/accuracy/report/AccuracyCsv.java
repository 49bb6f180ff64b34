package io.twinstream.accuracy.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.twinstream.accuracy.report.AccuracyJson.AtRadius;
import io.twinstream.accuracy.report.AccuracyJson.OfConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measured accuracy for spreadsheets: a row for each configuration and radius. */
public final class AccuracyCsv {
  private AccuracyCsv() {}

  /**
   * Writes the file.
   *
   * @throws IOException if that fails
   */
  public static void write(Path file, AccuracyJson accuracy) throws IOException {
    List<String> edits = List.copyOf(accuracy.configurations().getFirst().recall().keySet());
    try (CsvWriter csv = CsvWriter.builder().build(file)) {
      List<String> head =
          new ArrayList<>(
              List.of(
                  "configuration",
                  "radius",
                  "false_pairs",
                  "pairs",
                  "false_rate_at_most",
                  "mean_recall"));
      head.addAll(edits);
      csv.writeRecord(head);
      for (OfConfiguration one : accuracy.configurations()) {
        for (AtRadius at : one.radii()) {
          List<String> row =
              new ArrayList<>(
                  List.of(
                      one.configuration(),
                      Integer.toString(at.radius()),
                      Long.toString(at.falsePairs()),
                      Long.toString(one.pairs()),
                      Double.toString(at.falseRateAtMost()),
                      Double.toString(at.meanRecall())));
          edits.forEach(edit -> {
            Double share = at.recall().get(edit);
            row.add(share == null ? "" : share.toString());
          });
          csv.writeRecord(row);
        }
      }
    }
  }
}
