package io.twinstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.schema.Threshold;
import io.twinstream.standalone.scan.ScanSummary;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTextTest {
  private static final Threshold THRESHOLD = new Threshold("PerceptiveHash(256)", 64);
  private static final Path DATA = Path.of("out", ".data");

  @Test
  void aCleanScanIsOneLineAndItsReports() {
    ScanSummary summary =
        new ScanSummary(
            1234,
            1234,
            0,
            0,
            0,
            5.25,
            0,
            0,
            Map.of(),
            List.of(),
            List.of(),
            0,
            0,
            DATA,
            THRESHOLD,
            List.of(Path.of("out", "duplicates.json"), Path.of("out", "image_report.csv")),
            List.of(),
            List.of());

    assertThat(text(summary))
        .matches(
            "1,234 images in 5\\.[23] s: 1,234 unique, 0 duplicates in 0 groups, 0 failed\\R"
                + "Report: out.duplicates\\.json\\R"
                + "Report: out.image_report\\.csv\\R");
  }

  @Test
  void nothingFoundIsSaid() {
    ScanSummary summary =
        new ScanSummary(
            0, 0, 0, 0, 0, 5, 3, 0, Map.of(), List.of(), List.of(), 0, 0, DATA, THRESHOLD,
            List.of(), List.of(), List.of());

    assertThat(text(summary))
        .contains("0 images in 5.0 s", "No images were found there.", "3 files were skipped");
  }

  @Test
  void duplicatesAreSaidWithTheirSizeAndLargestGroups() {
    ScanSummary summary =
        new ScanSummary(
            10,
            6,
            4,
            0,
            2,
            5,
            0,
            2_500_000,
            Map.of(),
            List.of(),
            List.of("4 × a.jpg", "2 × b.jpg"),
            0,
            0,
            DATA,
            THRESHOLD,
            List.of(),
            List.of(),
            List.of());

    assertThat(text(summary))
        .contains("6 unique, 4 duplicates in 2 groups")
        .contains("The duplicates take 2.5 MB. Largest groups: 4 × a.jpg, 2 × b.jpg");
  }

  @Test
  void failuresAreCountedByReasonWithSomeExamples() {
    ScanSummary summary =
        new ScanSummary(
            7,
            4,
            0,
            3,
            0,
            5,
            0,
            0,
            Map.of("timeout", 1L, "not-found", 2L),
            List.of("a: not-found, HTTP 404", "b: timeout, nothing came"),
            List.of(),
            0,
            0,
            DATA,
            THRESHOLD,
            List.of(),
            List.of(),
            List.of());

    assertThat(text(summary))
        .containsSubsequence(
            "Failed:",
            "2 not-found",
            "1 timeout",
            "a: not-found, HTTP 404",
            "b: timeout, nothing came",
            "all of them are in failed_downloads.xlsx and image_report.csv");
  }

  @Test
  void whereAllFailuresAreShownNoMoreArePromised() {
    ScanSummary summary =
        new ScanSummary(
            1,
            0,
            0,
            1,
            0,
            5,
            0,
            0,
            Map.of("timeout", 1L),
            List.of("a: timeout, nothing came"),
            List.of(),
            0,
            0,
            DATA,
            THRESHOLD,
            List.of(),
            List.of(),
            List.of());

    assertThat(text(summary)).contains("a: timeout").doesNotContain("all of them");
  }

  @Test
  void repeatedIdsAreQuestioned() {
    ScanSummary summary =
        new ScanSummary(
            9, 9, 0, 0, 0, 5, 0, 0, Map.of(), List.of(), List.of(), 2, 0, DATA, THRESHOLD,
            List.of(), List.of(), List.of());

    assertThat(text(summary)).contains("2 rows repeat the id of an earlier one", "--id-column");
  }

  @Test
  void attributesThatNoImageHasAreNamed() {
    ScanSummary summary =
        new ScanSummary(
            1,
            1,
            0,
            0,
            0,
            5,
            0,
            0,
            Map.of(),
            List.of(),
            List.of(),
            0,
            0,
            DATA,
            THRESHOLD,
            List.of(),
            List.of("store", "agent"),
            List.of());

    assertThat(text(summary))
        .contains("No image has these attributes, so there is nothing to roll up: store, agent");
  }

  @Test
  void thumbnailsAreCountedAndTheirPlaceIsNamed() {
    ScanSummary summary =
        new ScanSummary(
            1500, 1500, 0, 0, 0, 5, 0, 0, Map.of(), List.of(), List.of(), 0, 1400, DATA, THRESHOLD,
            List.of(), List.of(), List.of());

    assertThat(text(summary))
        .contains("1,400 thumbnails were made: they are on the topic image-thumbnails in " + DATA);
  }

  private static String text(ScanSummary summary) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    SummaryText.print(summary, out);
    out.flush();
    return text.toString();
  }
}
