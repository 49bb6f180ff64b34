package io.twinstream.catalog.report;

import static io.twinstream.catalog.Album.ones;
import static io.twinstream.catalog.Album.picture;
import static io.twinstream.catalog.Album.turned;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.twinstream.catalog.Album;
import io.twinstream.catalog.Catalog;
import io.twinstream.catalog.ImageRow;
import io.twinstream.catalog.ImageRow.Origin;
import io.twinstream.catalog.RejectedRow;
import io.twinstream.schema.Attributes;
import io.twinstream.schema.ImageMetadata;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageReportCsvTest {
  private static final String AWKWARD = "a \"quoted\", name\r\nof 2 lines; ünï 🐈 =1+1 #.png";

  private final Catalog catalog = new Catalog();
  private final Album album = new Album(4);

  @TempDir private Path folder;

  @Test
  void anEmptyReportHasAHeaderOnly() throws IOException {
    List<NamedCsvRecord> rows = report();

    assertThat(rows).isEmpty();
    assertThat(Files.readAllLines(file()))
        .containsExactly(
            "Image Path,Quality Score,Group ID,Group Size,Status,Avg Color Correlation,Dominant"
                + " Colors,Distance,Similarity,Kind,Width,Height,Bytes,Format,Hash,Original,Reason,Detail,Image"
                + " ID,Collection,Source,Place,Orientation");
  }

  @Test
  void everyRowThatWasHandedInIsOneRow() throws IOException {
    judged(album.add("a", ones(0)));
    judged(album.add("lonely", ones(40)));
    judged(album.add("copy", ones(0)));
    judged(album.fail("lost"));
    judged(album.add("near", ones(4)));
    catalog.rejected(
        new RejectedRow(new Origin("album", "row 7"), "the address is missing", "", Album.NOW));

    List<NamedCsvRecord> rows = report();

    assertThat(column(rows, "Image ID")).containsExactly("a", "lonely", "copy", "lost", "near", "");
    assertThat(column(rows, "Status"))
        .containsExactly("Best", "Unique", "Duplicate", "Failed", "Duplicate", "Failed");
    assertThat(column(rows, "Group ID")).containsExactly("1", "", "1", "", "1", "");
    assertThat(column(rows, "Group Size")).containsExactly("3", "", "3", "", "3", "");
    assertThat(column(rows, "Original")).containsExactly("", "", "a", "", "a", "");
    assertThat(column(rows, "Distance")).containsExactly("", "", "0", "", "4", "");
    assertThat(column(rows, "Similarity")).containsExactly("", "", "1.0000", "", "0.9375", "");
    assertThat(column(rows, "Kind")).containsExactly("", "", "exact", "", "near", "");
    assertThat(column(rows, "Reason")).containsExactly("", "", "", "not-found", "", "rejected");
    assertThat(column(rows, "Detail"))
        .containsExactly("", "", "", "there is no such file", "", "the address is missing");
    assertThat(column(rows, "Source")).containsOnly("album");
    assertThat(column(rows, "Place"))
        .containsExactly("a", "lonely", "copy", "lost", "near", "row 7");
  }

  @Test
  void aDuplicateThatWasFoundTurnedSaysHow() throws IOException {
    judged(album.add("default", "a", picture(ones(0))));
    judged(album.add("default", "turned", turned(ones(40), ones(2))));
    judged(album.add("default", "near", picture(ones(1))));

    assertThat(column(report(), "Orientation")).containsExactly("", "turn-90", "");
  }

  @Test
  void anImageIsDescribedByItsFingerprint() throws IOException {
    judged(album.add("a", ones(12)));

    NamedCsvRecord row = report().getFirst();

    assertThat(row.getField("Width")).isEqualTo("40");
    assertThat(row.getField("Height")).isEqualTo("30");
    assertThat(row.getField("Bytes")).isEqualTo("1000");
    assertThat(row.getField("Format")).isEqualTo("png");
    assertThat(row.getField("Hash")).isEqualTo("fff0000000000000");
    assertThat(row.getField("Collection")).isEqualTo("default");
  }

  @Test
  void whatHasNoVerdictIsPending() throws IOException {
    ImageRow row = album.add("a", ones(0));
    catalog.image(row.event(), row.at(), row.origin(), row.image());

    assertThat(column(report(), "Status")).containsExactly("Pending");
  }

  @Test
  void ofTwoOriginalsInOneGroupTheFirstIsTheBest() throws IOException {
    judged(album.add("left", ones(0)));
    judged(album.add("right", ones(8)));
    judged(album.add("between", ones(4)));

    List<NamedCsvRecord> rows = report();

    assertThat(column(rows, "Status")).containsExactly("Best", "Duplicate", "Duplicate");
    assertThat(column(rows, "Original")).containsExactly("", "left", "left");
    assertThat(column(rows, "Distance")).containsExactly("", "8", "4");
  }

  @Test
  void aGroupThatWasSplitOffHasABestToo() throws IOException {
    judged(album.add("a", ones(0)));
    judged(album.add("b", ones(3)));
    judged(album.add("c", ones(6)));
    judged(album.add("d", ones(9)));

    List<NamedCsvRecord> rows = report();

    assertThat(column(rows, "Group ID")).containsExactly("1", "1", "2", "2");
    assertThat(column(rows, "Status")).containsExactly("Best", "Duplicate", "Best", "Duplicate");
    assertThat(column(rows, "Original")).containsExactly("", "a", "", "c");
  }

  @Test
  void aDuplicateWhoseOriginalIsGoneIsTheLastOneAndNoLongerADuplicate() throws IOException {
    judged(album.add("gone", ones(0)));
    judged(album.add("b", ones(1)));
    catalog.removal(Album.image("default", "gone").key());

    List<NamedCsvRecord> rows = report();

    assertThat(column(rows, "Status")).containsExactly("Unique");
    assertThat(column(rows, "Group ID")).containsExactly("");
    assertThat(column(rows, "Original")).containsExactly("");
    assertThat(column(rows, "Distance")).containsExactly("");
    assertThat(column(rows, "Reason")).containsExactly("original-gone");
    assertThat(column(rows, "Detail"))
        .containsExactly("it was judged a duplicate of gone, which was removed or replaced since");
  }

  @Test
  void aDuplicateOfAnImageThatNowHoldsAnotherPictureIsNoLongerADuplicate() throws IOException {
    judged(album.add("a", ones(0)));
    judged(album.add("b", ones(1)));
    judged(album.add("a", ones(40)));

    List<NamedCsvRecord> rows = report();

    assertThat(column(rows, "Image ID")).containsExactly("b", "a");
    assertThat(column(rows, "Status")).containsExactly("Unique", "Unique");
    assertThat(column(rows, "Reason")).containsExactly("original-gone", "");
  }

  @Test
  void aDuplicateOfSeveralStaysOneAsLongAsOneOfThemIsThere() throws IOException {
    judged(album.add("gone", ones(0)));
    judged(album.add("b", ones(1)));
    judged(album.add("c", ones(2)));
    catalog.removal(Album.image("default", "gone").key());

    List<NamedCsvRecord> rows = report();

    assertThat(column(rows, "Status")).containsExactly("Best", "Duplicate");
    assertThat(column(rows, "Original")).containsExactly("", "b");
  }

  @Test
  void aRowWhoseIdCameAgainIsADuplicateOfWhatIsThere() throws IOException {
    judged(album.add("a", ones(0)));
    ImageRow first = album.add("b", ones(1));
    judged(
        new ImageRow(
            first.event(),
            first.at(),
            new Origin("album", "row 2"),
            first.image(),
            first.verdict()));
    judged(album.add("b", ones(40)));

    List<NamedCsvRecord> rows = report();

    assertThat(column(rows, "Image ID")).containsExactly("a", "b", "b");
    assertThat(column(rows, "Status")).containsExactly("Unique", "Duplicate", "Unique");
    assertThat(column(rows, "Original")).containsExactly("", "a", "");
    assertThat(column(rows, "Distance")).containsExactly("", "1", "");
  }

  @Test
  void groupsReachIntoEarlierSourcesWhoseRowsAreLeftOut() throws IOException {
    ImageRow earlier = album.add("a", ones(0));
    judged(
        new ImageRow(
            earlier.event(),
            earlier.at(),
            new Origin("earlier", "a"),
            earlier.image(),
            earlier.verdict()));
    judged(album.add("b", ones(1)));

    List<NamedCsvRecord> rows = report();

    assertThat(column(rows, "Image ID")).containsExactly("b");
    assertThat(column(rows, "Group Size")).containsExactly("2");
    assertThat(column(rows, "Original")).containsExactly("a");
  }

  @Test
  void awkwardNamesAreReadBackAsTheyWere() throws IOException {
    Path path = Path.of("/pictures", AWKWARD);
    ImageRow row =
        renamed(
            album.add("a", ones(0)),
            new ImageMetadata(AWKWARD, AWKWARD, path.toUri().toString(), Attributes.NONE));
    judged(row);
    catalog.rejected(new RejectedRow(new Origin("album", AWKWARD + 2), AWKWARD, "", Album.NOW));

    List<NamedCsvRecord> rows = report();

    assertThat(column(rows, "Image Path")).containsExactly(path.toString(), "");
    assertThat(column(rows, "Image ID")).containsExactly(AWKWARD, "");
    assertThat(column(rows, "Collection")).containsExactly(AWKWARD, "");
    assertThat(column(rows, "Place")).containsExactly(AWKWARD, AWKWARD + 2);
    assertThat(column(rows, "Detail")).containsExactly("", AWKWARD);
  }

  @Test
  void addressesStayAsTheyCame() throws IOException {
    List<String> sources =
        List.of("https://example.org/a%20b.jpg?c=d", "file:no path", "relative/ä.png", "");
    for (String source : sources) {
      ImageRow row = album.add("id " + source, ones(0));
      judged(renamed(row, new ImageMetadata("default", "id " + source, source, Attributes.NONE)));
    }

    assertThat(column(report(), "Image Path")).containsExactlyElementsOf(sources);
  }

  @Test
  void aSecondReportReplacesTheFirst() throws IOException {
    judged(album.add("a", ones(0)));
    report();
    catalog.removal(Album.image("default", "a").key());
    judged(album.add("b", ones(30)));

    assertThat(column(report(), "Image ID")).containsExactly("b");
  }

  private static ImageRow renamed(ImageRow row, ImageMetadata image) {
    return new ImageRow(
        row.event(), row.at(), new Origin("album", image.id()), image, row.verdict());
  }

  private void judged(ImageRow row) {
    catalog.image(row.event(), row.at(), row.origin(), row.image());
    catalog.verdict(row.verdict());
  }

  private Path file() {
    return folder.resolve("image_report.csv");
  }

  private List<NamedCsvRecord> report() throws IOException {
    ImageReportCsv.write(file(), ScanReport.of(catalog, Set.of("album")));
    try (CsvReader<NamedCsvRecord> csv =
        CsvReader.builder().ofNamedCsvRecord(file(), StandardCharsets.UTF_8)) {
      return csv.stream().toList();
    }
  }

  private static List<String> column(List<NamedCsvRecord> rows, String name) {
    return rows.stream().map(row -> row.getField(name)).toList();
  }
}
