package io.twinstream.standalone.replay.diff;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.twinstream.schema.ImageKey;
import io.twinstream.standalone.replay.diff.Outcome.Duplicate;
import io.twinstream.standalone.replay.diff.Outcome.Unique;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;

/**
 * The changes as CSV (RFC 4180), one row each. Cells stand as they are, also those that begin with
 * {@code =}: it is read by programs.
 */
public final class DiffCsv {
  private static final List<String> HEADER =
      List.of(
          "change",
          "collection",
          "image",
          "source",
          "originalA",
          "distanceA",
          "originalB",
          "distanceB",
          "sourceOfOriginal");

  private DiffCsv() {}

  /**
   * Writes it.
   *
   * @param sources of originals
   */
  public static void write(Difference difference, Map<ImageKey, String> sources, Writer out)
      throws IOException {
    CsvWriter csv = CsvWriter.builder().build(out);
    csv.writeRecord(HEADER);
    for (Change change : difference.changes()) {
      csv.writeRecord(
          change.kind().toString(),
          change.image().collection(),
          change.image().id(),
          change.source(),
          original(change.a()),
          distance(change.a()),
          original(change.b()),
          distance(change.b()),
          sources.getOrDefault(change.decidingOriginal(), ""));
    }
    csv.flush();
  }

  private static String original(Outcome outcome) {
    return switch (outcome) {
      case Unique _ -> "";
      case Duplicate duplicate -> duplicate.original();
    };
  }

  private static String distance(Outcome outcome) {
    return switch (outcome) {
      case Unique _ -> "";
      case Duplicate duplicate -> Integer.toString(duplicate.distance());
    };
  }
}
