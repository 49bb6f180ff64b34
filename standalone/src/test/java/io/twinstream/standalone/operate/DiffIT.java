package io.twinstream.standalone.operate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.twinstream.standalone.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code diff} of what the app judged at radius 40 and of replays. One picture has a copy of half
 * the size, which came twice, and another one a copy without its margins, which is further off.
 * After the replays one image is removed, one fails, and one comes.
 */
class DiffIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private static Path folder;

  private static PolledServer server;
  private static OperatedCluster cluster;
  private static int events;

  @BeforeAll
  static void judge() throws Exception {
    server = new PolledServer(Duration.ZERO);
    cluster = new OperatedCluster(folder);
    cluster.startApp(1);
    images(Map.of("1", "1.jpg", "2", "2.jpg", "removed", "3.jpg", "failing", "4.jpg"));
    images(Map.of("small", "small/1.jpg", "cropped", "cropped/2.jpg"));
    images(Map.of("again", "small/1.jpg"));
    replay("tight", "0");
    replay("wide", "90");
    replay("same", "40", "--until", "2999-01-01T00:00:00Z");
    cluster.removal("removed");
    server.trouble("4.jpg", 404);
    images(Map.of("failing", "4.jpg", "late", "5.jpg"));
  }

  @AfterAll
  static void stop() {
    cluster.close();
    server.close();
  }

  /** Of which none is like another one of them, so that the order does not matter. */
  private static void images(Map<String, String> paths) {
    paths.forEach((id, path) -> cluster.event(id, server.url(path)));
    events += paths.size();
    await().atMost(PATIENCE).until(() -> cluster.verdicts().size() == events);
  }

  private static void replay(String run, String radius, String... options) {
    CommandRun replay =
        cluster.run(
            Stream.concat(Stream.of("replay", "--run", run, "--radius", radius), Stream.of(options))
                .toArray(String[]::new));
    if (replay.code() != 0) {
      throw new IllegalStateException(replay.err());
    }
  }

  @Test
  void aNarrowerRadiusLosesDuplicatesAndFindsOtherOriginals() throws Exception {
    JsonNode json = json("live", "tight");

    assertThat(changes(json))
        .isEqualTo(Map.of("small", "no-longer-duplicate", "again", "other-original"));
    JsonNode again = change(json, "again");
    assertThat(again.at("/originalA/image").asText()).isEqualTo("1");
    assertThat(again.at("/originalA/source").asText()).isEqualTo(server.url("1.jpg"));
    assertThat(again.at("/originalB/image").asText()).isEqualTo("small");
    assertThat(again.at("/originalB/distance").asInt()).isZero();
    assertThat(again.at("/originalB/source").asText()).isEqualTo(server.url("small/1.jpg"));
    assertThat(json.path("same").asInt()).isEqualTo(3);
    assertThat(json.path("onlyA").asInt()).as("the late one").isOne();
    assertThat(json.path("onlyB").asInt()).as("what was removed and what failed").isEqualTo(2);
    assertThat(json.at("/a/thresholds/0/radius").asInt()).isEqualTo(40);
    assertThat(json.at("/a/images").asInt()).isEqualTo(6);
    assertThat(json.at("/b/images").asInt()).isEqualTo(7);
  }

  @Test
  void aWiderRadiusFindsNewDuplicates() throws Exception {
    JsonNode json = json("live", "wide");

    assertThat(changes(json)).isEqualTo(Map.of("cropped", "new-duplicate"));
    JsonNode original = change(json, "cropped").path("originalB");
    assertThat(original.path("image").asText()).isEqualTo("2");
    assertThat(original.path("distance").asInt()).isBetween(41, 90);
    assertThat(json.at("/byDistance/newDuplicates").properties()).hasSize(1);
  }

  @Test
  void theOtherWayRoundItIsTheOppositeThatChanges() throws Exception {
    JsonNode json = json("wide", "live");

    assertThat(changes(json)).isEqualTo(Map.of("cropped", "no-longer-duplicate"));
    assertThat(json.path("onlyA").asInt()).isEqualTo(2);
    assertThat(json.path("onlyB").asInt()).isOne();
  }

  @Test
  void replaysCanBeComparedWithEachOther() throws Exception {
    assertThat(changes(json("tight", "wide")))
        .isEqualTo(
            Map.of(
                "small", "new-duplicate", "again", "other-original", "cropped", "new-duplicate"));
  }

  @Test
  void theSameThresholdsChangeNothingAndLimitsAreNamed() {
    CommandRun text = cluster.run("diff", "live", "same");

    assertThat(text.code()).as(text.err()).isZero();
    assertThat(text.out())
        .containsPattern("\\b0  new duplicates")
        .containsPattern("\\b5  same verdict")
        .contains("it judged only what came before 2999-01-01T00:00:00Z");
  }

  @Test
  void theTextTellsWhatADecisionNeeds() {
    CommandRun text = cluster.run("diff", "live", "tight");

    assertThat(text.code()).as(text.err()).isZero();
    assertThat(text.out())
        .contains("live: 6 images by PDQ at radius 40")
        .contains("tight: 7 images by PDQ at radius 0")
        .containsPattern("\\b1  no longer duplicates")
        .containsPattern("\\b1  other original")
        .contains("  small  " + server.url("small/1.jpg"))
        .containsPattern("in live like 1, \\d+ bits")
        .contains("in tight like small, 0 bits");
  }

  @Test
  void csvHasARowForEachChange() throws Exception {
    CommandRun csv = cluster.run("diff", "live", "wide", "--format", "csv");

    assertThat(csv.code()).as(csv.err()).isZero();
    try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(csv.out())) {
      assertThat(rows.stream())
          .singleElement()
          .satisfies(row -> {
            assertThat(row.getField("image")).isEqualTo("cropped");
            assertThat(row.getField("originalB")).isEqualTo("2");
            assertThat(row.getField("sourceOfOriginal")).isEqualTo(server.url("2.jpg"));
          });
    }
  }

  @Test
  void aPageShowsThePictures() throws Exception {
    Path page = folder.resolve("pages/changes.html");

    CommandRun html =
        cluster.run("diff", "live", "wide", "--format", "html", "--output", page.toString());

    assertThat(html.code()).as(html.err()).isZero();
    assertThat(html.out()).contains(page.toString());
    assertThat(Files.readString(page))
        .contains("<img src=\"" + server.url("cropped/2.jpg") + "\"")
        .contains("<img src=\"" + server.url("2.jpg") + "\"");
  }

  @Test
  void whatCannotBeComparedIsRefused() {
    List.of(
            List.of("live", "live"),
            List.of("live", "nobody"),
            List.of("live", "tight", "--collection", "nobody"),
            List.of("live", "tight", "--format", "pdf"),
            List.of("live", "tight", "--examples", "-1"),
            List.of("live"))
        .forEach(options -> {
          CommandRun run =
              cluster.run(
                  Stream.concat(Stream.of("diff"), options.stream()).toArray(String[]::new));
          assertThat(run.code()).as("%s", options).isEqualTo(2);
          assertThat(run.err()).as("%s", options).isNotBlank().doesNotContain("Exception");
        });
  }

  private static JsonNode json(String a, String b) throws Exception {
    CommandRun run = cluster.run("diff", a, b, "--format", "json");
    assertThat(run.code()).as(run.err()).isZero();
    return new ObjectMapper().readTree(run.out().getBytes(UTF_8));
  }

  private static Map<String, String> changes(JsonNode json) {
    return StreamSupport.stream(json.path("changes").spliterator(), false)
        .collect(
            Collectors.toMap(
                one -> one.path("image").asText(), one -> one.path("change").asText()));
  }

  private static JsonNode change(JsonNode json, String image) {
    return StreamSupport.stream(json.path("changes").spliterator(), false)
        .filter(one -> one.path("image").asText().equals(image))
        .findFirst()
        .orElseThrow();
  }
}
