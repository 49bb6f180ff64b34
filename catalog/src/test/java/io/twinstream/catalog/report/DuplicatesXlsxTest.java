package io.twinstream.catalog.report;

import static io.twinstream.catalog.Album.ones;
import static io.twinstream.catalog.Album.picture;
import static io.twinstream.catalog.Album.turned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinstream.catalog.Album;
import io.twinstream.catalog.Catalog;
import io.twinstream.catalog.ImageRow;
import io.twinstream.catalog.ImageRow.Origin;
import io.twinstream.catalog.sheet.ReadSheet;
import io.twinstream.catalog.sheet.SheetLimits;
import io.twinstream.schema.Attributes;
import io.twinstream.schema.EventId;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuplicatesXlsxTest {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();
  private static final List<String> HEADER =
      List.of(
          "Image Path",
          "Image ID",
          "Collection",
          "Original Path",
          "Original ID",
          "Original State",
          "Kind",
          "Distance",
          "Similarity",
          "Event ID",
          "Orientation");

  private final Catalog catalog = new Catalog();
  private final Album album = new Album(4);

  @TempDir private Path folder;

  @Test
  void withoutDuplicatesThereAreHeaders() throws IOException {
    judged(album.add("lonely", ones(0)));

    assertThat(duplicates()).containsExactly(List.<Object>copyOf(HEADER));
    assertThat(rollUp()).hasSize(1);
  }

  @Test
  void everyDuplicateIsARowBesideTheOriginalOfItsVerdict() throws IOException {
    judged(album.add("a", ones(0)));
    judged(album.add("near", ones(4)));
    judged(album.add("copy", ones(0)));
    judged(album.add("of near", ones(6)));

    assertThat(duplicates())
        .containsExactly(
            List.<Object>copyOf(HEADER),
            List.of(
                "/pictures/near",
                "near",
                "default",
                "/pictures/a",
                "a",
                "present",
                "near",
                4.0,
                0.9375,
                "image-metadata-0@1"),
            List.of(
                "/pictures/copy",
                "copy",
                "default",
                "/pictures/a",
                "a",
                "present",
                "exact",
                0.0,
                1.0,
                "image-metadata-0@2"),
            List.of(
                "/pictures/of_near",
                "of near",
                "default",
                "/pictures/near",
                "near",
                "present",
                "near",
                2.0,
                0.96875,
                "image-metadata-0@3"));
  }

  @Test
  void aDuplicateThatWasFoundTurnedSaysHow() throws IOException {
    judged(album.add("default", "a", picture(ones(0))));
    judged(album.add("default", "turned", turned(ones(40), ones(2))));

    assertThat(duplicates().get(1).subList(7, 11))
        .containsExactly(2.0, 0.96875, "image-metadata-0@1", "turn-90");
  }

  @Test
  void attributesOfBothHaveAColumnEach() throws IOException {
    judged(
        album.add(image("a", "{'agent': 'f1', 'price': 1.50, 'only': 'here'}"), picture(ones(0))));
    judged(
        album.add(
            image("b", "{'agent': '=f2', 'price': 12345678901234567, 'x': {'y': 1}}"),
            picture(ones(0))));

    List<List<Object>> rows = duplicates();

    assertThat(rows.get(0).subList(11, 17))
        .containsExactly(
            "agent", "price", "x", "Original agent", "Original price", "Original only");
    assertThat(rows.get(1).subList(11, 17))
        .containsExactly("=f2", "12345678901234567", "{\"y\":1}", "f1", 1.5, "here");
  }

  @Test
  void everyColumnHasAHeaderOfItsOwn() throws IOException {
    String attributes = "{'State': 's', 'Path': 'p', 'Kind': 'k', 'x': 1, 'Original x': 2}";
    judged(album.add(image("a", attributes), picture(ones(0))));
    judged(album.add(image("b", attributes), picture(ones(0))));

    List<Object> header = duplicates().getFirst();

    assertThat(header).doesNotHaveDuplicates();
    assertThat(header.subList(11, 21))
        .containsExactly(
            "State",
            "Path",
            "Kind (attribute)",
            "x",
            "Original x (attribute)",
            "Original State (attribute)",
            "Original Path (attribute)",
            "Original Kind",
            "Original x",
            "Original Original x");
  }

  @Test
  void furtherAttributesKeepTheDigitsOfTheirNumbers() throws IOException {
    String attributes = "{'a': 'x', 'price': 1.50, 'large': 1E+400, 'long': 0.1234567890123456789}";
    judged(album.add(image("a", attributes), picture(ones(0))));
    judged(album.add(image("b", attributes), picture(ones(0))));

    assertThat(duplicates(new SheetLimits(100, 15)).get(1).get(12))
        .isEqualTo("{\"price\":1.50,\"large\":1E+400,\"long\":0.1234567890123456789}");
  }

  @Test
  void ofFurtherAttributesThatDoNotFitIntoACellTheLongestAreLeftOut() throws IOException {
    // In the cell each _x0041_ takes 13 characters, and each control 6.
    String attributes =
        "{'a': 'x', 'long': '%s', 'b': [1], 'controls': '%s', 'c': 'y'}"
            .formatted("_x0041_".repeat(2_000), "\\u0001".repeat(2_000) + "z".repeat(20_000));
    judged(album.add(image("a", attributes), picture(ones(0))));
    judged(album.add(image("b", attributes), picture(ones(0))));

    Object cell = duplicates(new SheetLimits(100, 15)).get(1).get(12);

    JsonNode json = JSON.readTree(cell.toString());
    assertThat(json.properties())
        .extracting(Map.Entry::getKey)
        .containsExactly("long", "b", "c", "…");
    assertThat(json.get("long").textValue()).isEqualTo("_x0041_".repeat(2_000));
    assertThat(json.get("…").textValue()).isEqualTo("1 of these left out, too long for a cell");
  }

  @Test
  void attributesBeyondTheLastColumnShareOneAsJson() throws IOException {
    judged(album.add(image("a", "{'a': 'x', 'b': 'y', 'c': 3}"), picture(ones(0))));
    judged(album.add(image("b", "{'a': 'x', 'b': 'y', 'c': 3}"), picture(ones(0))));
    judged(album.add(image("c", "{'a': 'z'}"), picture(ones(0))));

    List<List<Object>> rows = duplicates(new SheetLimits(100, 15));

    assertThat(rows.get(0).subList(11, 15))
        .containsExactly("a", "Further Attributes", "Original a", "Original Further Attributes");
    assertThat(rows.get(1).subList(11, 15))
        .containsExactly("x", "{\"b\":\"y\",\"c\":3}", "x", "{\"b\":\"y\",\"c\":3}");
    assertThat(rows.get(2).subList(11, 15)).containsExactly("z", "", "x", "{\"b\":\"y\",\"c\":3}");
  }

  @Test
  void anOriginalThatIsGoneOrReplacedIsNamedByItsIdOnly() throws IOException {
    judged(album.add(image("gone", "{'agent': 'f1'}"), picture(ones(0))));
    judged(album.add(image("of gone", "{'agent': 'f2'}"), picture(ones(0))));
    judged(album.add(image("replaced", "{'agent': 'f3'}"), picture(ones(40))));
    judged(album.add(image("of replaced", "{'agent': 'f4'}"), picture(ones(40))));
    judged(album.add(image("replaced", "{'agent': 'f5'}"), picture(ones(20))));
    catalog.removal(Album.image("default", "gone").key());

    List<List<Object>> rows = duplicates();

    assertThat(rows.get(1).subList(3, 6)).containsExactly("", "gone", "removed");
    assertThat(rows.get(2).subList(3, 6)).containsExactly("", "replaced", "replaced");
    assertThat(rows.get(0)).hasSize(12);
  }

  @Test
  void manyDuplicatesGoOnInAFurtherSheet() throws IOException {
    judged(album.add("a", ones(0)));
    for (int copy = 0; copy < 5; copy++) {
      judged(album.add("copy " + copy, ones(0)));
    }
    DuplicatesXlsx.write(file(), report(), List.of(), new SheetLimits(4, 100));

    assertThat(ReadSheet.names(file())).containsExactly("Duplicates", "Duplicates (2)", "Roll-up");
    assertThat(ReadSheet.sheet(file(), "Duplicates")).hasSize(4);
    assertThat(ReadSheet.sheet(file(), "Duplicates (2)"))
        .hasSize(3)
        .first()
        .isEqualTo(List.<Object>copyOf(HEADER));
  }

  @Test
  void theRollUpSaysWhoReusedWhosePictures() throws IOException {
    judged(album.add(image("a", "{'agent': 'f1'}"), picture(ones(0))));
    judged(album.add(image("b", "{'agent': 'f1'}"), picture(ones(40))));
    judged(album.add(image("c", "{'agent': 'f1'}"), picture(ones(0))));
    judged(album.add(image("d", "{'agent': 'f2'}"), picture(ones(3))));
    judged(album.add(image("e", "{'agent': 'f2'}"), picture(ones(41))));
    judged(album.add(image("f", "{'agent': 'f2'}"), picture(ones(0))));
    judged(album.add(image("g", "{'other': 'x'}"), picture(ones(0))));

    assertThat(rollUp("agent").subList(1, 3))
        .containsExactly(
            List.of("agent", "f2", "f1", 3.0, 1.0, 2.0, 2.0, 0.0, "/pictures/f", "/pictures/a"),
            List.of("agent", "f1", "f1", 1.0, 1.0, 0.0, 1.0, 0.0, "/pictures/c", "/pictures/a"));
    assertThat(rollUp("agent")).hasSize(3);
  }

  @Test
  void ofAllAttributesTheNearUniqueOnesAreLeftOutUnlessTheyAreAskedFor() throws IOException {
    judged(album.add(image("a", "{'serial': 0, 'agent': 'f1'}"), picture(ones(0))));
    for (int copy = 1; copy <= RollUp.FEW_VALUES + 1; copy++) {
      judged(
          album.add(
              image("copy " + copy, "{'serial': %s, 'agent': 'f1'}".formatted(copy)),
              picture(ones(0))));
    }

    assertThat(rollUp()).hasSize(3);
    assertThat(rollUp().get(1).subList(0, 4)).containsExactly("agent", "f1", "f1", 21.0);
    assertThat(rollUp().get(2))
        .startsWith("serial", "")
        .endsWith("most duplicates have a value of their own; --roll-up rolls it up anyway");
    assertThat(rollUp("serial")).hasSize(1 + RollUp.FEW_VALUES + 1);
  }

  @Test
  void aRollUpThatIsLongGoesOnInAFurtherSheet() throws IOException {
    judged(album.add(image("a", "{'serial': 0}"), picture(ones(0))));
    for (int copy = 1; copy <= 5; copy++) {
      judged(album.add(image("copy " + copy, "{'serial': %s}".formatted(copy)), picture(ones(0))));
    }

    DuplicatesXlsx.write(file(), report(), List.of("serial"), new SheetLimits(4, 100));

    assertThat(ReadSheet.names(file()))
        .containsExactly("Duplicates", "Duplicates (2)", "Roll-up", "Roll-up (2)");
    assertThat(ReadSheet.sheet(file(), "Roll-up (2)").subList(1, 3))
        .extracting(row -> row.get(1))
        .containsExactly("4", "5");
  }

  @Test
  void pairsThatAreNotListedAreASumInTheRollUp() throws IOException {
    judged(album.add(image("a", "{'visit': 0}"), picture(ones(0))));
    ImageRow sample = album.add(image("b", "{'visit': 0}"), picture(ones(0)));
    int visits = RollUp.MAX_PAIRS + 1;
    for (int copy = 0; copy < 2 * visits; copy++) {
      judged(copy(sample, image("copy " + copy, "{'visit': %s}".formatted(copy % visits)), copy));
    }

    assertThat(rollUp())
        .hasSize(1 + RollUp.MAX_PAIRS + 1)
        .last(LIST)
        .containsExactly(
            "visit",
            "",
            "",
            2.0,
            2.0,
            0.0,
            "",
            "",
            "",
            "",
            "the sum of 1 smaller pairs of values; --roll-up lists each");
  }

  @Test
  void anAttributeThatNoDuplicateHasIsSaidToBeMissing() throws IOException {
    judged(album.add(image("a", "{'agent': 'f1'}"), picture(ones(0))));
    judged(album.add("b", ones(0)));

    assertThat(rollUp("agent").get(1))
        .startsWith("agent")
        .endsWith("no duplicate has this attribute");
    assertThat(report().unknownAttributes(List.of("agent", "store"))).containsExactly("store");
  }

  /** As if the picture had come again under another name. */
  private static ImageRow copy(ImageRow sample, ImageMetadata image, int number) {
    EventId event = new EventId("image-metadata", 1, number);
    Verdict.DuplicateFound verdict = (Verdict.DuplicateFound) sample.verdict();
    return new ImageRow(
        event,
        sample.at(),
        new Origin("album", image.id()),
        image,
        new Verdict.DuplicateFound(
            event,
            image,
            verdict.run(),
            verdict.judgedAt(),
            verdict.position() + 1 + number,
            verdict.thresholds(),
            verdict.fingerprint(),
            verdict.original(),
            verdict.matches(),
            verdict.matchCount()));
  }

  private static ImageMetadata image(String id, String attributes) throws IOException {
    ObjectNode json = (ObjectNode) JSON.readTree(attributes.replace('\'', '"'));
    return new ImageMetadata(
        "default", id, Album.image("default", id).source(), Attributes.of(json));
  }

  private void judged(ImageRow row) {
    catalog.image(row.event(), row.at(), row.origin(), row.image());
    catalog.verdict(row.verdict());
  }

  private Path file() {
    return folder.resolve("duplicates.xlsx");
  }

  private ScanReport report() {
    return ScanReport.of(catalog, Set.of("album"));
  }

  private List<List<Object>> duplicates() throws IOException {
    return duplicates(SheetLimits.EXCEL);
  }

  private List<List<Object>> duplicates(SheetLimits limits) throws IOException {
    DuplicatesXlsx.write(file(), report(), List.of(), limits);
    return ReadSheet.sheet(file(), "Duplicates");
  }

  private List<List<Object>> rollUp(String... names) throws IOException {
    DuplicatesXlsx.write(file(), report(), List.of(names));
    return ReadSheet.sheet(file(), "Roll-up");
  }
}
