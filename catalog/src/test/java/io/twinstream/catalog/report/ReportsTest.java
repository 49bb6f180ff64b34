package io.twinstream.catalog.report;

import static io.twinstream.catalog.Album.ones;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.twinstream.catalog.Album;
import io.twinstream.catalog.Catalog;
import io.twinstream.catalog.ImageRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportsTest {
  /** A file of Linux that takes no byte: its disk is always full. */
  private static final Path FULL = Path.of("/dev/full");

  private static final Reports REPORTS = new Reports(DuplicatesJson.Form.FULL, List.of());

  private final Catalog catalog = new Catalog();

  @TempDir private Path folder;

  /** More than any buffer holds. */
  @BeforeEach
  void judge() {
    Album album = new Album(0);
    for (int number = 0; number < 300; number++) {
      judged(album.add("%s %s".formatted(number, "x".repeat(200)), ones(number % 20)));
      judged(album.fail("lost %s %s".formatted(number, "x".repeat(200))));
    }
  }

  @Test
  void everyReportIsWritten() throws IOException {
    List<Path> files = REPORTS.write(folder, report());

    assertThat(files).hasSize(4).allSatisfy(file -> assertThat(file).isNotEmptyFile());
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"duplicates.json", "duplicates.xlsx", "image_report.csv", "failed_downloads.xlsx"})
  void whereTheDiskFillsUpTheFileIsNamedAndTheOldOneStays(String name) throws IOException {
    assumeThat(FULL).exists();
    Path file = Files.writeString(folder.resolve(name), "old");
    Files.createSymbolicLink(folder.resolve("." + name + ".part"), FULL);

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> REPORTS.write(folder, report()))
        .withMessageStartingWith(file + ": ");
    assertThat(file).hasContent("old");
  }

  private void judged(ImageRow row) {
    catalog.image(row.event(), row.at(), row.origin(), row.image());
    catalog.verdict(row.verdict());
  }

  private ScanReport report() {
    return ScanReport.of(catalog, Set.of("album"));
  }
}
