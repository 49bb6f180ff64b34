package io.twinstream.catalog.report;

import static io.twinstream.catalog.Album.ones;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.catalog.Album;
import io.twinstream.catalog.Catalog;
import io.twinstream.catalog.ImageRow;
import io.twinstream.catalog.ImageRow.Origin;
import io.twinstream.catalog.RejectedRow;
import io.twinstream.catalog.sheet.ReadSheet;
import io.twinstream.catalog.sheet.SheetLimits;
import io.twinstream.schema.Attributes;
import io.twinstream.schema.FailureReason;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailedDownloadsXlsxTest {
  private final Catalog catalog = new Catalog();
  private final Album album = new Album(4);

  @TempDir private Path folder;

  @Test
  void withoutFailuresThereIsAHeader() throws IOException {
    judged(album.add("a", ones(0)));

    assertThat(names()).containsExactly("Failed");
    assertThat(sheet("Failed"))
        .containsExactly(
            List.of(
                "Image Path",
                "Image ID",
                "Collection",
                "Reason",
                "Retryable",
                "HTTP Status",
                "Attempts",
                "Detail",
                "Event ID"));
  }

  @Test
  void everyFailureIsARowWithItsAttributes() throws IOException {
    Attributes attributes = Attributes.ofTexts(Map.of("agent", "f1"));
    judged(album.add("a", ones(0)));
    judged(album.fail(new ImageMetadata("default", "b", "https://example.org/b", attributes)));
    ImageRow row =
        album.fail(new ImageMetadata("default", "c", "https://example.org/c", attributes));
    judged(
        new ImageRow(
            row.event(),
            row.at(),
            row.origin(),
            row.image(),
            new Verdict.DownloadFailed(
                row.event(),
                row.image(),
                Verdict.LIVE,
                Album.NOW,
                FailureReason.HTTP_STATUS,
                "the server answered 503",
                true,
                503,
                4)));

    assertThat(sheet("Failed").getFirst()).endsWith("Event ID", "agent");
    assertThat(sheet("Failed").subList(1, 3))
        .containsExactly(
            List.of(
                "https://example.org/b",
                "b",
                "default",
                "not-found",
                false,
                "",
                1.0,
                "there is no such file",
                "image-metadata-0@1",
                "f1"),
            List.of(
                "https://example.org/c",
                "c",
                "default",
                "http-status",
                true,
                503.0,
                4.0,
                "the server answered 503",
                "image-metadata-0@2",
                "f1"));
  }

  @Test
  void everyColumnHasAHeaderOfItsOwn() throws IOException {
    judged(
        album.fail(
            new ImageMetadata(
                "default",
                "a",
                "",
                Attributes.ofTexts(Map.of("Detail", "x", "Detail (attribute)", "y")))));

    assertThat(sheet("Failed").getFirst()).doesNotHaveDuplicates().hasSize(11);
    assertThat(sheet("Failed").getFirst())
        .endsWith("Detail (attribute)", "Detail (attribute) (attribute)");
  }

  @Test
  void attributesBeyondTheLastColumnShareOneAsJson() throws IOException {
    Map<String, String> texts = new TreeMap<>(Map.of("a", "x", "b", "=1+1", "c", "متجر"));
    judged(album.fail(new ImageMetadata("default", "a", "", Attributes.ofTexts(texts))));

    FailedDownloadsXlsx.write(file(), report(), new SheetLimits(100, 11));

    assertThat(ReadSheet.sheet(file(), "Failed").get(0).subList(9, 11))
        .containsExactly("a", "Further Attributes");
    assertThat(ReadSheet.sheet(file(), "Failed").get(1).subList(9, 11))
        .containsExactly("x", "{\"b\":\"=1+1\",\"c\":\"متجر\"}");
  }

  @Test
  void whatDoesNotFitGoesOnInFurtherSheets() throws IOException {
    for (int number = 1; number <= 5; number++) {
      judged(album.fail("i" + number));
      catalog.rejected(
          new RejectedRow(new Origin("album", "row " + number), "no address", "", Album.NOW));
    }

    FailedDownloadsXlsx.write(file(), report(), new SheetLimits(4, 100));

    assertThat(ReadSheet.names(file()))
        .containsExactly("Failed", "Failed (2)", "Rejected", "Rejected (2)");
    assertThat(ReadSheet.sheet(file(), "Failed (2)"))
        .extracting(row -> row.get(1))
        .containsExactly("Image ID", "i4", "i5");
    assertThat(ReadSheet.sheet(file(), "Rejected (2)"))
        .extracting(row -> row.get(1))
        .containsExactly("Place", "row 4", "row 5");
  }

  @Test
  void rejectedRowsHaveASheetOfTheirOwn() throws IOException {
    catalog.rejected(
        new RejectedRow(new Origin("album", "row 7"), "no address", "7,=1+1\u0000", Album.NOW));

    assertThat(names()).containsExactly("Failed", "Rejected");
    assertThat(sheet("Rejected"))
        .containsExactly(
            List.of("Source", "Place", "Reason", "Excerpt"),
            List.of("album", "row 7", "no address", "7,=1+1\u0000"));
  }

  @Test
  void ofALongRejectedRowTheStartIsShown() {
    RejectedRow row =
        new RejectedRow(
            new Origin("album", "row 7"), "no address", "x" + "🐈".repeat(200), Album.NOW);

    assertThat(row.excerpt()).isEqualTo("x" + "🐈".repeat(99));
  }

  private void judged(ImageRow row) {
    catalog.image(row.event(), row.at(), row.origin(), row.image());
    catalog.verdict(row.verdict());
  }

  private Path file() {
    return folder.resolve("failed_downloads.xlsx");
  }

  private ScanReport report() {
    return ScanReport.of(catalog, Set.of("album"));
  }

  private Path written() throws IOException {
    FailedDownloadsXlsx.write(file(), report());
    return file();
  }

  private List<String> names() throws IOException {
    return ReadSheet.names(written());
  }

  private List<List<Object>> sheet(String name) throws IOException {
    return ReadSheet.sheet(written(), name);
  }
}
