package io.twinstream.standalone;

import io.twinstream.standalone.scan.ScanSummary;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** A scan's summary for a person. */
final class SummaryText {
  private SummaryText() {}

  static void print(ScanSummary summary, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%,d images in %.1f s: %,d unique, %,d duplicates in %,d groups, %,d failed%n",
        summary.images(),
        summary.seconds(),
        summary.unique(),
        summary.duplicates(),
        summary.groups(),
        summary.failed());
    if (summary.images() == 0) {
      out.println("No images were found there.");
    }
    if (summary.skipped() > 0) {
      out.printf(Locale.ROOT, "%,d files were skipped: no images, or links%n", summary.skipped());
    }
    if (summary.duplicates() > 0) {
      out.printf(
          Locale.ROOT,
          "The duplicates take %.1f MB. Largest groups: %s%n",
          summary.duplicateBytes() / 1e6,
          String.join(", ", summary.largest()));
    }
    if (summary.repeatedIds() > 0) {
      out.printf(
          Locale.ROOT,
          "%,d rows repeat the id of an earlier one and took its place; is --id-column right?%n",
          summary.repeatedIds());
    }
    if (summary.failed() > 0) {
      out.println("Failed:");
      for (Map.Entry<String, Long> reason : summary.reasons().entrySet()) {
        out.printf(Locale.ROOT, "  %,6d %s%n", reason.getValue(), reason.getKey());
      }
      summary.examples().forEach(example -> out.println("  " + example));
      if (summary.failed() > summary.examples().size()) {
        out.println("  … all of them are in failed_downloads.xlsx and image_report.csv");
      }
    }
    if (summary.failed() > 0) {
      out.println(
          "Scanned again, these stay failed, unless with --retry-failed or --retry-reason.");
    }
    if (!summary.unknownAttributes().isEmpty()) {
      out.println(
          "No image has these attributes, so there is nothing to roll up: "
              + String.join(", ", summary.unknownAttributes()));
    }
    if (summary.thumbnails() > 0) {
      out.printf(
          Locale.ROOT,
          "%,d thumbnails were made: they are on the topic image-thumbnails in %s%n",
          summary.thumbnails(),
          summary.data());
    }
    summary.warnings().forEach(out::println);
    for (Path report : summary.reports()) {
      out.println("Report: " + report);
    }
  }
}
