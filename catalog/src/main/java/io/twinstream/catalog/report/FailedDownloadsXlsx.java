package io.twinstream.catalog.report;

import io.twinstream.catalog.ImageRow;
import io.twinstream.catalog.RejectedRow;
import io.twinstream.catalog.sheet.Cell;
import io.twinstream.catalog.sheet.SheetLimits;
import io.twinstream.catalog.sheet.Spreadsheet;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * {@code failed_downloads.xlsx}: one row for each image that could not be had or read; and on a
 * second sheet, if there are any, what could not become an image event at all.
 */
public final class FailedDownloadsXlsx {
  private static final List<String> HEADER =
      List.of(
          "Image Path",
          "Image ID",
          "Collection",
          "Reason",
          "Retryable",
          "HTTP Status",
          "Attempts",
          "Detail",
          "Event ID");

  private static final List<String> REJECTED_HEADER =
      List.of("Source", "Place", "Reason", "Excerpt");

  private FailedDownloadsXlsx() {}

  /** Writes it, in place of an older one. */
  public static void write(Path file, ScanReport report) throws IOException {
    write(file, report, SheetLimits.EXCEL);
  }

  static void write(Path file, ScanReport report, SheetLimits limits) throws IOException {
    AttributeColumns attributes =
        AttributeColumns.of(
            report.rows().stream()
                .filter(row -> row.verdict() instanceof Verdict.DownloadFailed)
                .map(row -> row.image().attributes()),
            limits.columns() - HEADER.size());
    List<String> header = new ArrayList<>(HEADER);
    header.addAll(attributes.headers("", new HashSet<>(HEADER)));
    ReplacedFile.writeBytes(
        file,
        out -> {
          try (Spreadsheet spreadsheet = new Spreadsheet(out, limits)) {
            spreadsheet.sheet("Failed", header);
            for (ImageRow row : report.rows()) {
              if (row.verdict() instanceof Verdict.DownloadFailed verdict) {
                spreadsheet.row(cells(verdict, attributes));
              }
            }
            if (!report.rejected().isEmpty()) {
              spreadsheet.sheet("Rejected", REJECTED_HEADER);
            }
            for (RejectedRow row : report.rejected()) {
              spreadsheet.row(
                  List.of(
                      Cell.of(row.origin().source()),
                      Cell.of(row.origin().place()),
                      Cell.of(row.message()),
                      Cell.of(row.excerpt())));
            }
          }
        });
  }

  private static List<Cell> cells(Verdict.DownloadFailed verdict, AttributeColumns attributes) {
    ImageMetadata image = verdict.image();
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.of(ImagePath.of(image)));
    cells.add(Cell.of(image.id()));
    cells.add(Cell.of(image.collection()));
    cells.add(Cell.of(verdict.reason().toString()));
    cells.add(Cell.of(verdict.retryable()));
    cells.add(verdict.httpStatus() == 0 ? Cell.EMPTY : Cell.of(verdict.httpStatus()));
    cells.add(Cell.of(verdict.attempts()));
    cells.add(Cell.of(verdict.detail()));
    cells.add(Cell.of(verdict.event().toString()));
    cells.addAll(attributes.cells(image.attributes()));
    return cells;
  }
}
