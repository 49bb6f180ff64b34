package io.twinstream.ingest.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstream.ingest.Finding;
import io.twinstream.ingest.Origin;
import io.twinstream.ingest.Pass;
import io.twinstream.ingest.Tally;
import io.twinstream.ingest.UnusableSourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One pass after another, step by step. */
class CsvSourceTest {
  @TempDir private Path folder;
  private Path csv;
  private CsvSource source;

  @BeforeEach
  void nameTheFile() {
    csv = folder.resolve("list.csv");
    source =
        new CsvSource(
            new Origin("list", "default", Map.of()),
            csv,
            new CsvFormat("auto", 1024),
            ColumnChoice.NONE,
            true,
            Optional::empty);
  }

  @Test
  void aFileThatIsGoneWhenItIsToBeReadFromItsStartIsReadWhenItIsBack() throws IOException {
    for (String meanwhile : new String[] {null, "", "\n", "id,link\n"}) {
      Files.writeString(csv, "url\na:1\nb:2\n");
      read();
      Files.writeString(csv, "url\nb:1\nb:2\n");
      Pass rewritten = source.open();
      Files.delete(csv);
      if (meanwhile != null) {
        Files.writeString(csv, meanwhile);
      }
      assertThatThrownBy(() -> toEnd(rewritten)).isInstanceOf(UnusableSourceException.class);
      assertThatThrownBy(source::open).isInstanceOf(UnusableSourceException.class);

      Files.writeString(csv, "url\nb:1\nb:2\nb:3\n");

      assertThat(read()).containsExactly("1", "2", "3");
    }
  }

  @Test
  void aFileThatIsGoneWhenItsLastRowHasGrownIsReadFromThatRowWhenItIsBack() throws IOException {
    Files.writeString(csv, "url\na:1\nb:2");
    read();
    assertThat(read()).containsExactly("2");
    Files.writeString(csv, "url\na:1\nb:23\n");
    Pass grown = source.open();
    Files.delete(csv);
    assertThatThrownBy(() -> toEnd(grown)).isInstanceOf(UnusableSourceException.class);

    Files.writeString(csv, "url\na:1\nb:23\n");

    assertThat(read()).containsExactly("2");
  }

  @Test
  void aFileThatLooksAsItDidTwiceIsNotReadAgainUntilItLooksOtherwise() throws IOException {
    Files.writeString(csv, "url\na:1\nb:2\n");
    for (int i = 0; i < 2; i++) {
      assertThat(isRead()).isTrue();
    }
    assertThat(isRead()).isFalse();
    assertThat(isRead()).isFalse();

    FileTime before = Files.getLastModifiedTime(csv);
    Files.writeString(csv, "url\na:2\nb:2\n");
    Files.setLastModifiedTime(csv, FileTime.fromMillis(before.toMillis() - 1_000));
    assertThat(read()).as("written anew, of the same size").containsExactly("1", "2");
    assertThat(isRead()).isTrue();
    assertThat(isRead()).isFalse();

    Files.writeString(csv, "url\na:2\nb:2\nc:3\n");
    assertThat(read()).containsExactly("3");
  }

  @Test
  void aFileThatIsUnusableForAWhileIsSoHoweverOftenItIsSeen() throws IOException {
    Files.writeString(csv, "url\na:1\n");
    read();
    read();
    Files.writeString(csv, "id,link\n");

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(source::open).isInstanceOf(UnusableSourceException.class);
    }
  }

  @Test
  void ofAFileThatIsNotReadAgainAllIsKnown() throws IOException {
    Files.writeString(csv, "url\na:1\nb:2,x\n");
    read();
    read();

    try (Pass unchanged = source.open()) {
      assertThat(unchanged.next()).isEmpty();
      assertThat(unchanged.tally()).isEqualTo(new Tally(1, 0, 1));
      assertThat(CsvBookmark.read(unchanged.bookmark().offset()))
          .hasValueSatisfying(place -> assertThat(place.told().row()).isEqualTo(2));
    }
  }

  /** A pass over a file that was told steps through its rows. */
  private boolean isRead() throws IOException {
    try (Pass pass = source.open()) {
      boolean read = pass.next().isPresent();
      toEnd(pass);
      return read;
    }
  }

  /** The places of the images that a pass tells of. */
  private List<String> read() throws IOException {
    return toEnd(source.open());
  }

  private static List<String> toEnd(Pass pass) throws IOException {
    List<String> places = new ArrayList<>();
    try (pass) {
      for (Optional<Finding> next = pass.next(); next.isPresent(); next = pass.next()) {
        if (next.get() instanceof Finding.Image image) {
          places.add(image.place());
        }
      }
    }
    return places;
  }
}
