package io.twinstream.catalog.report;

import static io.twinstream.catalog.Album.ones;
import static io.twinstream.catalog.Album.picture;
import static io.twinstream.catalog.Album.turned;
import static io.twinstream.schema.Attributes.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinstream.catalog.Album;
import io.twinstream.catalog.Catalog;
import io.twinstream.catalog.ImageRow;
import io.twinstream.catalog.ImageRow.Origin;
import io.twinstream.catalog.report.DuplicatesJson.Form;
import io.twinstream.schema.Attributes;
import io.twinstream.schema.ImageMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuplicatesJsonTest {
  private static final JsonMapper JSON = new JsonMapper();

  private final Catalog catalog = new Catalog();
  private final Album album = new Album(4);

  @TempDir private Path folder;

  @Test
  void withoutGroupsItIsAnEmptyList() throws IOException {
    judged(album.add("lonely", ones(0)));

    assertThat(report()).isEqualTo(JSON.readTree("{\"version\":1,\"groups\":[]}"));
  }

  @Test
  void aGroupHasItsOriginalAndAllMembers() throws IOException {
    judged(album.add("a", ones(0)));
    judged(album.add("near", ones(4)));
    judged(album.add("copy", ones(0)));

    JsonNode report = report();

    assertThat(report)
        .isEqualTo(
            JSON.readTree(
                """
                {
                  "version": 1,
                  "groups": [
                    {
                      "group": 1,
                      "collection": "default",
                      "size": 3,
                      "original": "a",
                      "members": [
                        {
                          "id": "a",
                          "path": "/pictures/a",
                          "kind": "original",
                          "distance": 0,
                          "similarity": 1.0,
                          "attributes": {}
                        },
                        {
                          "id": "near",
                          "path": "/pictures/near",
                          "kind": "near",
                          "distance": 4,
                          "similarity": 0.9375,
                          "attributes": {}
                        },
                        {
                          "id": "copy",
                          "path": "/pictures/copy",
                          "kind": "exact",
                          "distance": 0,
                          "similarity": 1.0,
                          "attributes": {}
                        }
                      ]
                    }
                  ]
                }
                """));
  }

  @Test
  void aMemberThatIsAlikeWhenItIsTurnedSaysHow() throws IOException {
    judged(album.add("default", "a", picture(ones(0))));
    judged(album.add("default", "turned", turned(ones(40), ones(2))));
    judged(album.add("default", "near", picture(ones(1))));

    JsonNode members = report().at("/groups/0/members");

    assertThat(members.at("/1/orientation").textValue()).isEqualTo("turn-90");
    assertThat(members.get(0).has("orientation")).isFalse();
    assertThat(members.get(2).has("orientation")).isFalse();
  }

  @Test
  void awkwardNamesAndAttributesAreReadBackAsTheyWere() throws IOException {
    String awkward = "a \"quoted\", \\ name\nof 2 lines; ünï 🐈";
    Attributes attributes = Attributes.ofTexts(Map.of(awkward, awkward));
    judged(album.add("a", ones(0)));
    ImageRow row = album.add("b", ones(0));
    judged(
        new ImageRow(
            row.event(),
            row.at(),
            row.origin(),
            new ImageMetadata("default", awkward, "https://example.org/b.jpg", attributes),
            row.verdict()));

    JsonNode member = report().at("/groups/0/members/1");

    assertThat(member.get("id").textValue()).isEqualTo(awkward);
    assertThat(member.get("path").textValue()).isEqualTo("https://example.org/b.jpg");
    assertThat(member.get("attributes").get(awkward).textValue()).isEqualTo(awkward);
  }

  @Test
  void aGroupWithoutAnyRowOfTheSourcesIsLeftOutAndTheOthersKeepTheirNumbers() throws IOException {
    judged(elsewhere(album.add("x", ones(40))));
    judged(elsewhere(album.add("y", ones(40))));
    judged(elsewhere(album.add("a", ones(0))));
    judged(album.add("b", ones(0)));

    JsonNode groups = report().get("groups");

    assertThat(groups).hasSize(1);
    assertThat(groups.at("/0/group").intValue()).isEqualTo(2);
    assertThat(groups.at("/0/original").textValue()).isEqualTo("a");
  }

  @Test
  void inTheFormOfGroupsEachIsAListOfPaths() throws IOException {
    judged(album.add("b", ones(0)));
    judged(album.add("x", ones(40)));
    judged(album.add("a", ones(1)));
    judged(album.add("y", ones(40)));

    assertThat(text(Form.GROUPS))
        .isEqualToIgnoringWhitespace(
            """
            {
              "group-1": ["/pictures/b", "/pictures/a"],
              "group-2": ["/pictures/x", "/pictures/y"]
            }
            """);
  }

  @Test
  void inTheFormOfOriginalsEachHasAListOfDuplicates() throws IOException {
    judged(album.add("b", ones(0)));
    judged(album.add("x", ones(40)));
    judged(album.add("a", ones(1)));
    judged(album.add("c", ones(0)));
    judged(album.add("y", ones(40)));

    assertThat(text(Form.ORIGINALS))
        .isEqualToIgnoringWhitespace(
            """
            {
              "/pictures/b": ["/pictures/a", "/pictures/c"],
              "/pictures/x": ["/pictures/y"]
            }
            """);
  }

  @Test
  void withoutGroupsTheSimpleFormsAreEmptyObjects() throws IOException {
    judged(album.add("lonely", ones(0)));

    assertThat(text(Form.GROUPS)).isEqualToIgnoringWhitespace("{}");
    assertThat(text(Form.ORIGINALS)).isEqualToIgnoringWhitespace("{}");
  }

  @Test
  void anOriginalIsNeverCalledADuplicateOfItsOwnPath() throws IOException {
    judged(album.add(at("a", "file:///p"), picture(ones(0))));
    judged(album.add(at("a again", "file:///p"), picture(ones(0))));
    judged(album.add(at("x", "file:///q"), picture(ones(40))));
    judged(album.add(at("copy of x", "file:///r"), picture(ones(40))));
    judged(album.add(at("x again", "file:///q"), picture(ones(40))));

    assertThat(text(Form.ORIGINALS)).isEqualToIgnoringWhitespace("{\"/q\": [\"/r\"]}");
    assertThat(text(Form.GROUPS)).isEqualToIgnoringWhitespace("{\"group-2\": [\"/q\", \"/r\"]}");
  }

  @Test
  void twoCollectionsDoNotCallEachOthersOriginalsDuplicates() throws IOException {
    judged(album.add(new ImageMetadata("one", "1", "file:///p", NONE), picture(ones(0))));
    judged(album.add(new ImageMetadata("one", "2", "file:///q", NONE), picture(ones(0))));
    judged(album.add(new ImageMetadata("two", "3", "file:///q", NONE), picture(ones(0))));
    judged(album.add(new ImageMetadata("two", "4", "file:///p", NONE), picture(ones(0))));

    assertThat(text(Form.ORIGINALS)).isEqualToIgnoringWhitespace("{}");
    assertThat(text(Form.GROUPS)).isEqualToIgnoringWhitespace("{}");
  }

  @Test
  void whatIsUniqueInAnotherCollectionIsNoDuplicate() throws IOException {
    judged(album.add(new ImageMetadata("one", "1", "file:///p", NONE), picture(ones(0))));
    judged(album.add(new ImageMetadata("one", "2", "file:///q", NONE), picture(ones(0))));
    judged(album.add(new ImageMetadata("one", "3", "file:///r", NONE), picture(ones(0))));
    judged(album.add(new ImageMetadata("two", "4", "file:///q", NONE), picture(ones(0))));

    assertThat(text(Form.ORIGINALS)).isEqualToIgnoringWhitespace("{\"/p\": [\"/r\"]}");
    assertThat(text(Form.GROUPS)).isEqualToIgnoringWhitespace("{\"group-1\": [\"/p\", \"/r\"]}");
  }

  @Test
  void whatIsTheOriginalOfALaterGroupOrOfAnotherSourceIsNoDuplicate() throws IOException {
    judged(album.add(new ImageMetadata("one", "1", "file:///p", NONE), picture(ones(0))));
    judged(album.add(new ImageMetadata("one", "2", "file:///q", NONE), picture(ones(0))));
    judged(album.add(new ImageMetadata("one", "3", "file:///r", NONE), picture(ones(0))));
    judged(album.add(new ImageMetadata("two", "4", "file:///q", NONE), picture(ones(0))));
    judged(album.add(new ImageMetadata("two", "5", "file:///s", NONE), picture(ones(0))));
    judged(
        elsewhere(album.add(new ImageMetadata("three", "6", "file:///r", NONE), picture(ones(0)))));

    assertThat(text(Form.ORIGINALS)).isEqualToIgnoringWhitespace("{\"/q\": [\"/s\"]}");
  }

  @Test
  void aRowThatNamesAUniquePictureKeepsItsPathAfterItsIdCameAgain() throws IOException {
    ImageRow first = album.add(new ImageMetadata("two", "x", "file:///q", NONE), picture(ones(20)));
    judged(
        new ImageRow(
            first.event(),
            first.at(),
            new Origin("album", "row 1"),
            first.image(),
            first.verdict()));
    judged(album.add(new ImageMetadata("two", "x", "file:///z", NONE), picture(ones(40))));
    judged(album.add(new ImageMetadata("one", "1", "file:///p", NONE), picture(ones(20))));
    judged(album.add(new ImageMetadata("one", "2", "file:///q", NONE), picture(ones(20))));

    assertThat(text(Form.ORIGINALS)).isEqualToIgnoringWhitespace("{}");
  }

  @Test
  void anIdThatCameTwiceWithOnePathIsADuplicateStill() throws IOException {
    judged(album.add(at("a", "file:///p"), picture(ones(0))));
    ImageRow first = album.add(at("b", "file:///q"), picture(ones(0)));
    judged(
        new ImageRow(
            first.event(),
            first.at(),
            new Origin("album", "row 2"),
            first.image(),
            first.verdict()));
    judged(album.add(at("b", "file:///q"), picture(ones(0))));

    assertThat(text(Form.ORIGINALS)).isEqualToIgnoringWhitespace("{\"/p\": [\"/q\"]}");
  }

  @Test
  void anOriginalOfTwoCollectionsHasTheDuplicatesOfBoth() throws IOException {
    judged(album.add(new ImageMetadata("one", "1", "file:///p", NONE), picture(ones(0))));
    judged(album.add(new ImageMetadata("one", "2", "file:///q", NONE), picture(ones(0))));
    judged(album.add(new ImageMetadata("two", "3", "file:///p", NONE), picture(ones(0))));
    judged(album.add(new ImageMetadata("two", "4", "file:///q", NONE), picture(ones(0))));
    judged(album.add(new ImageMetadata("two", "5", "file:///r", NONE), picture(ones(0))));

    assertThat(text(Form.ORIGINALS)).isEqualToIgnoringWhitespace("{\"/p\": [\"/q\", \"/r\"]}");
    assertThat(text(Form.GROUPS))
        .isEqualToIgnoringWhitespace(
            "{\"group-1\": [\"/p\", \"/q\"], \"group-2\": [\"/p\", \"/r\"]}");
  }

  private static ImageMetadata at(String id, String source) {
    return new ImageMetadata("default", id, source, NONE);
  }

  private String text(Form form) throws IOException {
    Path file = folder.resolve("duplicates.json");
    DuplicatesJson.write(file, ScanReport.of(catalog, Set.of("album")), form);
    return Files.readString(file);
  }

  @Test
  void aSecondReportReplacesTheFirst() throws IOException {
    judged(album.add("a", ones(0)));
    judged(album.add("b", ones(0)));
    report();
    catalog.removal(Album.image("default", "a").key());

    assertThat(report().get("groups")).isEmpty();
  }

  private static ImageRow elsewhere(ImageRow row) {
    return new ImageRow(
        row.event(),
        row.at(),
        new Origin("elsewhere", row.image().id()),
        row.image(),
        row.verdict());
  }

  private void judged(ImageRow row) {
    catalog.image(row.event(), row.at(), row.origin(), row.image());
    catalog.verdict(row.verdict());
  }

  private JsonNode report() throws IOException {
    Path file = folder.resolve("duplicates.json");
    DuplicatesJson.write(file, ScanReport.of(catalog, Set.of("album")), Form.FULL);
    return JSON.readTree(file.toFile());
  }
}
