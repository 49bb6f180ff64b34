package io.twinstream.catalog.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * All reports of a scan.
 *
 * @param form what {@code duplicates.json} looks like
 * @param rollUp the attributes that {@code duplicates.xlsx} rolls up; if there are none, all that
 *     are not near-unique
 */
public record Reports(DuplicatesJson.Form form, List<String> rollUp) {
  /** How many attributes can be rolled up. */
  public static final int MAX_ROLL_UP = RollUp.MAX_ATTRIBUTES;

  /**
   * @throws IllegalArgumentException if there are more than {@value #MAX_ROLL_UP} attributes, or
   *     one has no name
   */
  public Reports {
    rollUp = rollUp.stream().distinct().toList();
    if (rollUp.size() > MAX_ROLL_UP) {
      throw new IllegalArgumentException(
          "at most %s attributes can be rolled up, not %s".formatted(MAX_ROLL_UP, rollUp.size()));
    }
    if (rollUp.contains("")) {
      throw new IllegalArgumentException("an attribute to roll up has no name");
    }
  }

  /**
   * Writes them, each in place of an older one.
   *
   * @return the files
   * @throws IOException if one can't be written; the message says which and why
   */
  public List<Path> write(Path folder, ScanReport report) throws IOException {
    Path json = folder.resolve("duplicates.json");
    Path duplicates = folder.resolve("duplicates.xlsx");
    Path images = folder.resolve("image_report.csv");
    Path failed = folder.resolve("failed_downloads.xlsx");
    DuplicatesJson.write(json, report, form);
    DuplicatesXlsx.write(duplicates, report, rollUp);
    ImageReportCsv.write(images, report);
    FailedDownloadsXlsx.write(failed, report);
    return List.of(json, duplicates, images, failed);
  }
}
