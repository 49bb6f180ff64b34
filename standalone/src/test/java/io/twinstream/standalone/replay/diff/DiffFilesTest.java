package io.twinstream.standalone.replay.diff;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.ImageMetadata;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The files, of images that nobody would name so but to harm. */
class DiffFilesTest {
  private static final String AWKWARD =
      "=1+1 \"quoted\", <script>alert('1')</script>\r\nof 2 lines & ünï 🐈 \u0001\u0085.png";

  private static final RunName LIVE = new RunName("live", List.of());
  private static final RunName WIDE = new RunName("wide", List.of());
  private static final Verdicts AT_40 = new Verdicts("live", 40);
  private static final Verdicts AT_90 = new Verdicts("wide", 90);
  private static final ImageMetadata IMAGE = Verdicts.image(AWKWARD, "file:///a%20b.png");

  /** The kinds of change, one of each. */
  private static Difference difference() {
    Judged live = new Judged();
    live.judged(AT_40.unique(IMAGE));
    live.judged(AT_40.duplicate(Verdicts.image("lost"), "o", 30));
    live.judged(AT_40.duplicate(Verdicts.image("other"), "o", 20));
    live.judged(AT_40.unique(Verdicts.image("same")));
    Comparing comparing = Comparing.withFirst(live);
    comparing.compare(AT_90.duplicate(IMAGE, AWKWARD + 2, 60));
    comparing.compare(AT_90.unique(Verdicts.image("lost")));
    comparing.compare(AT_90.duplicate(Verdicts.image("other"), "=o", 50));
    comparing.compare(AT_90.unique(Verdicts.image("same")));
    return comparing.difference(LIVE, WIDE);
  }

  private static Map<ImageKey, String> sources(String ofAwkward) {
    return Map.of(
        Verdicts.key(AWKWARD + 2), ofAwkward, Verdicts.key("o"), "https://example.org/o.jpg?a=1&b");
  }

  @Test
  void csvIsReadBackAsItWas() throws IOException {
    StringWriter csv = new StringWriter();

    DiffCsv.write(difference(), sources("=2+2"), csv);

    try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(csv.toString())) {
      List<NamedCsvRecord> rows = reader.stream().toList();
      assertThat(rows.getFirst().getHeader())
          .containsExactly(
              "change",
              "collection",
              "image",
              "source",
              "originalA",
              "distanceA",
              "originalB",
              "distanceB",
              "sourceOfOriginal");
      assertThat(rows.stream().map(NamedCsvRecord::getFields))
          .containsExactly(
              List.of(
                  "new-duplicate",
                  "default",
                  AWKWARD,
                  "file:///a%20b.png",
                  "",
                  "",
                  AWKWARD + 2,
                  "60",
                  "=2+2"),
              List.of(
                  "no-longer-duplicate",
                  "default",
                  "lost",
                  "file:///pictures/lost",
                  "o",
                  "30",
                  "",
                  "",
                  "https://example.org/o.jpg?a=1&b"),
              List.of(
                  "other-original",
                  "default",
                  "other",
                  "file:///pictures/other",
                  "o",
                  "20",
                  "=o",
                  "50",
                  ""));
    }
  }

  @Test
  void jsonHasAllOfIt() throws IOException {
    StringWriter text = new StringWriter();

    DiffJson.write(difference(), sources("x"), text);

    JsonNode json = new ObjectMapper().readTree(text.toString());
    assertThat(json.at("/a/run").asText()).isEqualTo("live");
    assertThat(json.at("/a/images").asLong()).isEqualTo(4);
    assertThat(json.at("/b/thresholds/0/radius").asInt()).isEqualTo(90);
    assertThat(json.path("same").asLong()).isOne();
    assertThat(json.path("newDuplicates").asLong()).isOne();
    assertThat(json.path("noLongerDuplicates").asLong()).isOne();
    assertThat(json.path("otherOriginal").asLong()).isOne();
    assertThat(json.path("onlyA").asLong()).isZero();
    assertThat(json.path("onlyB").asLong()).isZero();
    assertThat(json.at("/byDistance/newDuplicates/60").asLong()).isOne();
    assertThat(json.at("/byDistance/noLongerDuplicates/30").asLong()).isOne();
    assertThat(json.path("changes")).hasSize(3);
    assertThat(json.at("/changes/0/image").asText()).isEqualTo(AWKWARD);
    assertThat(json.at("/changes/0/originalA").isNull()).isTrue();
    assertThat(json.at("/changes/0/originalB/image").asText()).isEqualTo(AWKWARD + 2);
    assertThat(json.at("/changes/0/originalB/source").asText()).isEqualTo("x");
    assertThat(json.at("/changes/2/originalA/distance").asInt()).isEqualTo(20);
  }

  @Test
  void thePageShowsPicturesBesideTheirOriginals() throws Exception {
    Document page = page(difference(), sources("HTTPS://example.org/2.jpg"));

    assertThat(sourcesOf(page))
        .containsExactly(
            "file:///a%20b.png",
            "HTTPS://example.org/2.jpg",
            "file:///pictures/lost",
            "https://example.org/o.jpg?a=1&b",
            "file:///pictures/other",
            "https://example.org/o.jpg?a=1&b");
    assertThat(elements(page, "img"))
        .allSatisfy(image -> {
          assertThat(image.getAttribute("loading")).isEqualTo("lazy");
          assertThat(image.getAttribute("alt")).isNotEmpty();
        });
    assertThat(elements(page, "section")).hasSize(3);
  }

  @Test
  void whatStrangersWroteIsTextOnThePage() throws Exception {
    Document page = page(difference(), sources("javascript:alert(1)"));

    String shown = AWKWARD.replace("\u0001", "\ufffd").replace("\u0085", "\ufffd");
    assertThat(elements(page, "bdi").map(Element::getTextContent))
        .contains(shown.replace("\r\n", "\n"), "javascript:alert(1)", "no longer there");
    assertThat(elements(page, "script")).isEmpty();
    assertThat(page.getDocumentElement().getTextContent()).contains("<script>alert('1')</script>");
    assertThat(sourcesOf(page)).noneMatch(source -> source.startsWith("javascript"));
  }

  @Test
  void onlyAddressesOfTheWebAndFilesBecomePictures() throws Exception {
    for (String source :
        List.of(
            "javascript:alert(1)",
            " https://example.org/a.jpg",
            "data:image/svg+xml,<svg/>",
            "//example.org/a.jpg",
            "s3://bucket/a.jpg",
            "a.jpg",
            "https:a.jpg",
            "https://example.org/\na.jpg",
            "")) {
      assertThat(sourcesOf(page(difference(), sources(source))))
          .as(source)
          .hasSize(5)
          .doesNotContain(source);
    }
  }

  @Test
  void aLongPageSaysHowManyMoreThereAre() throws Exception {
    Judged live = new Judged();
    Comparing comparing = Comparing.withFirst(live);
    IntStream.range(0, DiffPage.SHOWN + 7)
        .mapToObj(i -> Verdicts.image("image " + i))
        .forEach(image -> {
          live.judged(AT_40.unique(image));
          comparing.compare(AT_90.duplicate(image, "o", 60));
        });

    Document page = page(comparing.difference(LIVE, WIDE), Map.of());

    assertThat(elements(page, "article")).hasSize(DiffPage.SHOWN);
    assertThat(elements(page, "p").map(Element::getTextContent))
        .anyMatch(text -> text.startsWith("There are 7 more"));
  }

  /** A page that is well-formed XML can't have let anything slip through unescaped. */
  private static Document page(Difference difference, Map<ImageKey, String> sources)
      throws Exception {
    StringWriter html = new StringWriter();
    DiffPage.write(difference, sources, html);
    assertThat(html.toString()).startsWith("<!DOCTYPE html>");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(html.toString().getBytes(UTF_8)));
  }

  private static Stream<Element> elements(Document page, String name) {
    NodeList found = page.getElementsByTagName(name);
    return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i));
  }

  private static List<String> sourcesOf(Document page) {
    return elements(page, "img").map(image -> image.getAttribute("src")).toList();
  }
}
