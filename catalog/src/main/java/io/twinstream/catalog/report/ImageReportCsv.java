package io.twinstream.catalog.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.twinstream.catalog.ImageRow;
import io.twinstream.catalog.RejectedRow;
import io.twinstream.catalog.report.ScanReport.Membership;
import io.twinstream.schema.EventId;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code image_report.csv}: one row for each row or file that was handed in. Each group has one
 * {@code Best}, its original; distances are those from it. Columns of measures that fingerprints
 * don't have yet stay empty.
 */
public final class ImageReportCsv {
  private static final List<String> HEADER =
      List.of(
          "Image Path",
          "Quality Score",
          "Group ID",
          "Group Size",
          "Status",
          "Avg Color Correlation",
          "Dominant Colors",
          "Distance",
          "Similarity",
          "Kind",
          "Width",
          "Height",
          "Bytes",
          "Format",
          "Hash",
          "Original",
          "Reason",
          "Detail",
          "Image ID",
          "Collection",
          "Source",
          "Place");

  private ImageReportCsv() {}

  /** Writes it, in place of an older one. */
  public static void write(Path file, ScanReport report) throws IOException {
    Map<EventId, Membership> memberships = report.memberships();
    ReplacedFile.write(
        file,
        out -> {
          CsvWriter csv = CsvWriter.builder().build(out);
          csv.writeRecord(HEADER);
          for (ImageRow row : report.rows()) {
            csv.writeRecord(cells(row, memberships.get(row.event())));
          }
          for (RejectedRow row : report.rejected()) {
            csv.writeRecord(cells(row));
          }
          csv.flush();
        });
  }

  private static List<String> cells(ImageRow row, Membership membership) {
    return switch (row.verdict()) {
      case Verdict.Unique verdict -> cells(row, membership, verdict.fingerprint(), "Unique", "");
      case Verdict.DuplicateFound verdict ->
          cells(row, membership, verdict.fingerprint(), "Duplicate", verdict.original().id());
      case Verdict.DownloadFailed verdict ->
          cells(row, "Failed", verdict.reason().toString(), verdict.detail());
      case null -> cells(row, "Pending", "", "there is no verdict yet");
    };
  }

  /**
   * The cells of an image with a fingerprint.
   *
   * @param membership null if it is in no group; the group says more than the verdict, which knows
   *     nothing of what came later or was split off
   * @param status by the verdict alone
   * @param original by the verdict alone
   */
  private static List<String> cells(
      ImageRow row,
      Membership membership,
      Fingerprint fingerprint,
      String status,
      String original) {
    boolean isGrouped = membership != null;
    boolean isLike = isGrouped && membership.member().kind() != null;
    return List.of(
        ImagePath.of(row.image()),
        "",
        isGrouped ? Integer.toString(membership.group().number()) : "",
        isGrouped ? Integer.toString(membership.group().members().size()) : "",
        isLike ? "Duplicate" : isGrouped ? "Best" : status,
        "",
        "",
        isLike ? Integer.toString(membership.member().distance()) : "",
        isLike ? String.format(Locale.ROOT, "%.4f", membership.member().similarity()) : "",
        isLike ? membership.member().kind().toString() : "",
        Integer.toString(fingerprint.width()),
        Integer.toString(fingerprint.height()),
        Long.toString(fingerprint.bytes()),
        fingerprint.format(),
        fingerprint.hashes().getFirst().code().toHex(),
        isLike ? membership.group().original().image().id() : isGrouped ? "" : original,
        "",
        "",
        row.image().id(),
        row.image().collection(),
        row.origin().source(),
        row.origin().place());
  }

  private static List<String> cells(ImageRow row, String status, String reason, String detail) {
    return List.of(
        ImagePath.of(row.image()),
        "",
        "",
        "",
        status,
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        reason,
        detail,
        row.image().id(),
        row.image().collection(),
        row.origin().source(),
        row.origin().place());
  }

  private static List<String> cells(RejectedRow row) {
    return List.of(
        "",
        "",
        "",
        "",
        "Failed",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "rejected",
        row.message(),
        "",
        "",
        row.origin().source(),
        row.origin().place());
  }
}
