package io.twinstream.catalog.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.twinstream.catalog.ImageRow;
import io.twinstream.catalog.RejectedRow;
import io.twinstream.catalog.group.DuplicateGroup;
import io.twinstream.catalog.group.DuplicateGroup.Member;
import io.twinstream.catalog.report.ScanReport.Membership;
import io.twinstream.schema.EventId;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.Match;
import io.twinstream.schema.Measures;
import io.twinstream.schema.Orientation;
import io.twinstream.schema.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code image_report.csv}: one row for each row or file that was handed in. It says how things
 * stand now: a {@code Duplicate} is like an image that is still there. Each group has one {@code
 * Best}, its original; distances are those from it. Columns of measures stay empty where
 * fingerprints have none.
 */
public final class ImageReportCsv {
  private final Map<EventId, Membership> memberships;
  private final Originals originals;

  private ImageReportCsv(ScanReport report) {
    this.memberships = report.memberships();
    this.originals = new Originals(report.images());
  }

  private enum Column {
    IMAGE_PATH("Image Path"),
    QUALITY_SCORE("Quality Score"),
    GROUP_ID("Group ID"),
    GROUP_SIZE("Group Size"),
    STATUS("Status"),
    AVG_COLOR_CORRELATION("Avg Color Correlation"),
    DOMINANT_COLORS("Dominant Colors"),
    DISTANCE("Distance"),
    SIMILARITY("Similarity"),
    KIND("Kind"),
    WIDTH("Width"),
    HEIGHT("Height"),
    BYTES("Bytes"),
    FORMAT("Format"),
    HASH("Hash"),
    ORIGINAL("Original"),
    REASON("Reason"),
    DETAIL("Detail"),
    IMAGE_ID("Image ID"),
    COLLECTION("Collection"),
    SOURCE("Source"),
    PLACE("Place"),
    ORIENTATION("Orientation");

    private final String header;

    Column(String header) {
      this.header = header;
    }
  }

  /** Writes it, in place of an older one. */
  public static void write(Path file, ScanReport report) throws IOException {
    ImageReportCsv rows = new ImageReportCsv(report);
    ReplacedFile.write(
        file,
        out -> {
          CsvWriter csv = CsvWriter.builder().build(out);
          csv.writeRecord(Arrays.stream(Column.values()).map(column -> column.header).toList());
          for (ImageRow row : report.rows()) {
            write(csv, rows.cells(row));
          }
          for (RejectedRow row : report.rejected()) {
            write(csv, cells(row));
          }
          csv.flush();
        });
  }

  private static void write(CsvWriter csv, Map<Column, String> cells) {
    csv.writeRecord(
        Arrays.stream(Column.values()).map(column -> cells.getOrDefault(column, "")).toList());
  }

  private Map<Column, String> cells(ImageRow row) {
    Map<Column, String> cells = new EnumMap<>(Column.class);
    cells.put(Column.IMAGE_PATH, ImagePath.of(row.image()));
    cells.put(Column.IMAGE_ID, row.image().id());
    cells.put(Column.COLLECTION, row.image().collection());
    cells.put(Column.SOURCE, row.origin().source());
    cells.put(Column.PLACE, row.origin().place());
    // A group says more than the verdict, which knows nothing of what came later or was split off.
    Membership membership = memberships.get(row.event());
    switch (row.verdict()) {
      case Verdict.Unique verdict -> {
        describe(cells, verdict.fingerprint());
        cells.put(Column.STATUS, "Unique");
      }
      case Verdict.DuplicateFound verdict -> {
        describe(cells, verdict.fingerprint());
        if (membership == null) {
          compare(cells, verdict);
        }
      }
      case Verdict.DownloadFailed verdict -> {
        cells.put(Column.STATUS, "Failed");
        cells.put(Column.REASON, verdict.reason().toString());
        cells.put(Column.DETAIL, verdict.detail());
      }
      case null -> {
        cells.put(Column.STATUS, "Pending");
        cells.put(Column.DETAIL, "there is no verdict yet");
      }
    }
    if (membership != null) {
      join(cells, membership);
    }
    return cells;
  }

  private static void describe(Map<Column, String> cells, Fingerprint fingerprint) {
    cells.put(Column.WIDTH, Integer.toString(fingerprint.width()));
    cells.put(Column.HEIGHT, Integer.toString(fingerprint.height()));
    cells.put(Column.BYTES, Long.toString(fingerprint.bytes()));
    cells.put(Column.FORMAT, fingerprint.format());
    cells.put(Column.HASH, fingerprint.hashes().getFirst().code().toHex());
    Measures measures = fingerprint.measures();
    if (!measures.isNone()) {
      cells.put(Column.QUALITY_SCORE, Integer.toString(measures.score().total()));
      cells.put(
          Column.DOMINANT_COLORS,
          measures.dominantColours().stream()
              .map(colour ->
                  String.format(Locale.ROOT, "%s %.0f%%", colour.rgb(), 100 * colour.share()))
              .collect(Collectors.joining("; ")));
    }
  }

  /** A duplicate by its verdict; whoever deletes duplicates must not delete the last one left. */
  private void compare(Map<Column, String> cells, Verdict.DuplicateFound verdict) {
    Optional<Match> present = originals.firstPresent(verdict);
    if (present.isPresent()) {
      Match match = present.get();
      cells.put(Column.STATUS, "Duplicate");
      cells.put(Column.ORIGINAL, match.id());
      compare(cells, match.kind(), match.distance(), match.similarity(), match.orientation());
    } else {
      cells.put(Column.STATUS, "Unique");
      cells.put(Column.REASON, "original-gone");
      cells.put(
          Column.DETAIL,
          "it was judged a duplicate of %s, which was removed or replaced since"
              .formatted(verdict.original().id()));
    }
  }

  private static void compare(
      Map<Column, String> cells,
      Match.Kind kind,
      int distance,
      double similarity,
      Orientation orientation) {
    cells.put(Column.KIND, kind.toString());
    cells.put(Column.DISTANCE, Integer.toString(distance));
    cells.put(Column.SIMILARITY, String.format(Locale.ROOT, "%.4f", similarity));
    if (orientation != Orientation.UPRIGHT) {
      cells.put(Column.ORIENTATION, orientation.toString());
    }
  }

  private static void join(Map<Column, String> cells, Membership membership) {
    ColourLikeness.of(membership)
        .ifPresent(mean ->
            cells.put(Column.AVG_COLOR_CORRELATION, String.format(Locale.ROOT, "%.4f", mean)));
    DuplicateGroup group = membership.group();
    Member member = membership.member();
    cells.put(Column.GROUP_ID, Integer.toString(group.number()));
    cells.put(Column.GROUP_SIZE, Integer.toString(group.members().size()));
    if (member.kind() == null) {
      cells.put(Column.STATUS, "Best");
    } else {
      cells.put(Column.STATUS, "Duplicate");
      cells.put(Column.ORIGINAL, group.original().image().id());
      compare(cells, member.kind(), member.distance(), member.similarity(), member.orientation());
    }
  }

  private static Map<Column, String> cells(RejectedRow row) {
    return Map.of(
        Column.STATUS,
        "Failed",
        Column.REASON,
        "rejected",
        Column.DETAIL,
        row.message(),
        Column.SOURCE,
        row.origin().source(),
        Column.PLACE,
        row.origin().place());
  }
}
