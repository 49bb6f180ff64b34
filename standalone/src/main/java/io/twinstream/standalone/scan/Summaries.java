package io.twinstream.standalone.scan;

import io.twinstream.catalog.ImageRow;
import io.twinstream.catalog.RejectedRow;
import io.twinstream.catalog.group.DuplicateGroup;
import io.twinstream.catalog.report.ScanReport;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.Threshold;
import io.twinstream.schema.Verdict;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts a report together. */
final class Summaries {
  private static final int SHOWN = 5;

  private Summaries() {}

  static ScanSummary of(
      ScanReport report,
      long skipped,
      double seconds,
      long thumbnails,
      Path data,
      Threshold threshold,
      List<Path> reports,
      List<String> unknownAttributes,
      List<String> warnings) {
    long unique = 0;
    long duplicates = 0;
    long duplicateBytes = 0;
    long failed = report.rejected().size();
    long repeated = 0;
    Map<String, Long> reasons = new TreeMap<>();
    List<String> examples = new ArrayList<>();
    Set<ImageKey> keys = new HashSet<>();
    for (ImageRow row : report.rows()) {
      repeated += keys.add(row.image().key()) ? 0 : 1;
      switch (row.verdict()) {
        case Verdict.Unique verdict -> unique++;
        case Verdict.DuplicateFound verdict -> {
          duplicates++;
          duplicateBytes += verdict.fingerprint().bytes();
        }
        case Verdict.DownloadFailed verdict -> {
          failed++;
          reasons.merge(verdict.reason().toString(), 1L, Long::sum);
          examples.add(
              "%s: %s, %s".formatted(row.image().id(), verdict.reason(), verdict.detail()));
        }
        case null -> {}
      }
    }
    for (RejectedRow row : report.rejected()) {
      reasons.merge("rejected", 1L, Long::sum);
      examples.add(
          "%s, %s: %s".formatted(row.origin().source(), row.origin().place(), row.message()));
    }
    return new ScanSummary(
        report.rows().size() + report.rejected().size(),
        unique,
        duplicates,
        failed,
        report.groups().size(),
        seconds,
        skipped,
        duplicateBytes,
        reasons,
        examples.stream().limit(SHOWN).toList(),
        largest(report),
        repeated,
        thumbnails,
        data,
        threshold,
        reports,
        unknownAttributes,
        warnings);
  }

  /** Each image that was fetched and read since then has one, if they are made. */
  static long readSince(ScanReport report, Instant begin) {
    return report.rows().stream()
        .map(ImageRow::verdict)
        .filter(verdict ->
            verdict instanceof Verdict.Unique || verdict instanceof Verdict.DuplicateFound)
        .filter(verdict -> !verdict.judgedAt().isBefore(begin))
        .count();
  }

  private static List<String> largest(ScanReport report) {
    return report.groups().stream()
        .sorted(
            Comparator.comparingInt((DuplicateGroup group) -> group.members().size()).reversed())
        .limit(SHOWN)
        .map(group -> "%d × %s".formatted(group.members().size(), group.original().image().id()))
        .toList();
  }
}
