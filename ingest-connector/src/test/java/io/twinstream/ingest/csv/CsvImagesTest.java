package io.twinstream.ingest.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstream.ingest.Origin;
import io.twinstream.schema.ImageMetadata;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvImagesTest {
  private static final Path FOLDER = Path.of("/lists/2030");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://a.example/b?c=d,e#f | https://a.example/b?c=d,e#f",
        "S3://bucket/key | S3://bucket/key",
        "file:///x/y.jpg | file:///x/y.jpg",
        "b.jpg | file:///lists/2030/b.jpg",
        "./x/../a b%20#?.jpg | file:///lists/2030/a%20b%2520%23%3F.jpg",
        "../b.jpg | file:///lists/b.jpg",
        "/other/b.jpg | file:///other/b.jpg",
        "c:b.jpg | file:///lists/2030/c:b.jpg",
        "naïve.jpg | file:///lists/2030/na%C3%AFve.jpg"
      })
  void anAddressIsAUriOrAPathBesideTheFile(String cell, String source) {
    assertThat(image("url", cell).source()).isEqualTo(source);
  }

  @Test
  void anEmptyAddressAndOneThatCanBeNoPathAreLeftToTheirVerdict() {
    assertThat(image("url", "  ").source()).isEmpty();
    assertThat(image("url", "a\0b").source()).isEqualTo("a\0b");
  }

  @Test
  void aRowWithoutAnIdIsNamedByItsSourceAndNumber() {
    assertThat(image("url", "u").id()).isEqualTo("list/7");
    assertThat(image("url,id", "u", " ").id()).isEqualTo("list/7");
    assertThat(image("url,id", "u", " x ").id()).isEqualTo("x");
  }

  @Test
  void aRowWithoutACollectionGetsThatOfTheSource() {
    ColumnChoice choice = new ColumnChoice("", "", "shop");

    assertThat(image(choice, "url,shop", "u", "s").collection()).isEqualTo("s");
    assertThat(image(choice, "url,shop", "u", " ").collection()).isEqualTo("photos");
  }

  @Test
  void otherColumnsAndAddedTextsAreAttributesInOrder() {
    assertThat(image("b,url,a", "1", "u", " 2 ").attributes().toString())
        .isEqualTo("{\"b\":\"1\",\"a\":\" 2 \",\"batch\":\"x\"}");
  }

  @Test
  void anAddedTextMustNotHideAColumn() {
    assertThatThrownBy(() -> image("url,batch", "u", "1"))
        .hasMessageContainingAll("\"batch\"", "another name");
  }

  @Test
  void moreFieldsThanTheHeaderHasAreAnError() {
    assertThatThrownBy(() -> image("url,a", "u", "1", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("3 fields", "only 2");
  }

  private static ImageMetadata image(String header, String... fields) {
    return image(ColumnChoice.NONE, header, fields);
  }

  private static ImageMetadata image(ColumnChoice choice, String header, String... fields) {
    return new CsvImages(
            new Origin("list", "photos", Map.of("batch", "x")),
            FOLDER,
            CsvColumns.of(List.of(header.split(",", -1)), choice))
        .image(7, List.of(fields));
  }
}
