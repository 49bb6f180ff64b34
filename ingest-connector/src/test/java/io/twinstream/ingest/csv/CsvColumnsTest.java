package io.twinstream.ingest.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstream.ingest.UnusableSourceException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvColumnsTest {
  @Test
  void aClassicHeaderNeedsNoChoice() {
    CsvColumns columns = columns("id", "store_id", "frontliner_id", "photo_url");
    List<String> row = List.of("7", "s", "f", " http://a/b.jpg ");

    assertThat(columns.id(row)).isEqualTo("7");
    assertThat(columns.url(row)).isEqualTo("http://a/b.jpg");
    assertThat(columns.collection(row)).isEmpty();
    assertThat(columns.attributes()).containsExactly("store_id", "frontliner_id");
  }

  @Test
  void namesAreFoundWithoutRegardToCaseAndSpaces() {
    CsvColumns columns =
        CsvColumns.of(List.of(" Key", "LINK ", "Shop"), new ColumnChoice("key", "link", " sHOP"));

    assertThat(columns.id(List.of("1", "u", "c"))).isEqualTo("1");
    assertThat(columns.url(List.of("1", "u", "c"))).isEqualTo("u");
    assertThat(columns.collection(List.of("1", "u", "c"))).isEqualTo("c");
    assertThat(columns.attributes()).isEmpty();
  }

  @Test
  void theUsualNamesHaveAnOrder() {
    assertThat(columns("src", "path", "image_url").url(List.of("a", "b", "c"))).isEqualTo("c");
    assertThat(columns("image_id", "id", "url").id(List.of("a", "b", "c"))).isEqualTo("b");
  }

  @Test
  void emptyAndRepeatedNamesGetNamesOfTheirOwn() {
    assertThat(columns("url", "a", "", "a", "a_2", "a", "url").attributes())
        .containsExactly("a", "column_3", "a_3", "a_2", "a_4", "url_2");
  }

  @Test
  void missingFieldsAreEmpty() {
    CsvColumns columns = columns("url", "a", "b", "id");

    assertThat(columns.attributes(List.of("u", "1")))
        .containsEntry("a", "1")
        .containsEntry("b", "");
    assertThat(columns.id(List.of("u", "1"))).isEmpty();
  }

  @Test
  void aNamedColumnThatIsNotThereIsToldWithThoseThatAre() {
    assertThatThrownBy(
            () -> CsvColumns.of(List.of("id", "link"), new ColumnChoice("", "photo", "")))
        .isInstanceOf(UnusableSourceException.class)
        .hasMessageContainingAll("\"photo\"", "\"id\", \"link\"", "url.column", "--url-column")
        .extracting(e -> ((UnusableSourceException) e).setting())
        .isEqualTo("url.column");
  }

  @Test
  void withoutAnyUsualNameTheMessageSaysWhichThereAre() {
    assertThatThrownBy(() -> columns("id", "link"))
        .hasMessageContainingAll("photo_url", "\"link\"", "--url-column");
  }

  private static CsvColumns columns(String... header) {
    return CsvColumns.of(List.of(header), ColumnChoice.NONE);
  }
}
