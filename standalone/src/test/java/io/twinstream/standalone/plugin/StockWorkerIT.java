package io.twinstream.standalone.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinstream.ingest.csv.CsvSourceConnector;
import io.twinstream.ingest.folder.FolderSourceConnector;
import io.twinstream.schema.topic.TopicProvisioner;
import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.engine.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The plugin as its users run it: Kafka's own workers, the archive that the build has made, and the
 * example configurations in it, of which only paths and the size of a batch are changed here.
 */
class StockWorkerIT {
  private static final Topics TOPICS = new Topics("");
  private static final byte[] PNG_HEAD = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final int IMAGES = 4000;
  private static final int MORE = 100;

  @TempDir private static Path data;
  private static InstalledPlugin plugin;
  private static EmbeddedBroker broker;
  private static ConnectCluster cluster;
  private static PublishedImages published;

  @BeforeAll
  static void start() throws IOException {
    plugin = InstalledPlugin.unpack(Files.createDirectory(data.resolve("plugins")));
    broker = EmbeddedBroker.start(data.resolve("kafka"));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      new TopicProvisioner(admin, (short) 1).provision(TOPICS.definitions(3, 1, Topics.FOR_EVER));
    }
    Map<String, String> settings = new HashMap<>(plugin.worker());
    settings.put("bootstrap.servers", broker.bootstrapServers());
    settings.put("plugin.path", plugin.pluginPath().toString());
    settings.put("scheduled.rebalance.max.delay.ms", "0");
    cluster = new ConnectCluster(settings);
    published = new PublishedImages(broker.bootstrapServers(), TOPICS.imageMetadata());
  }

  @AfterAll
  static void stop() throws InterruptedException {
    cluster.stop();
    published.close();
    broker.close();
  }

  @Test
  void bothConnectorsAreListedWithTheirVersion() throws Exception {
    cluster.grow(1);

    JsonNode plugins = cluster.request("GET", "/connector-plugins").body();

    assertThat(plugins)
        .filteredOn(entry -> entry.get("class").textValue().startsWith("io.twinstream."))
        .extracting(
            entry -> entry.get("class").textValue(),
            entry -> entry.get("type").textValue(),
            entry -> entry.get("version").textValue())
        .containsExactlyInAnyOrder(
            tuple(FolderSourceConnector.class.getName(), "source", plugin.version()),
            tuple(CsvSourceConnector.class.getName(), "source", plugin.version()));
  }

  @Test
  void aConfigurationIsCheckedAgainstTheSourceItself() throws Exception {
    cluster.grow(1);
    ObjectNode folder = folder(Files.createDirectories(data.resolve("checked")));
    ObjectNode csv = csv(Files.writeString(data.resolve("checked.csv"), "sku,photo_url\n"));

    assertThat(errors(folder)).isEmpty();
    assertThat(errors(csv)).isEmpty();
    assertThat(errors(folder(data.resolve("missing"))))
        .containsOnlyKeys("folder.path")
        .containsValue("there is no folder %s; check its path".formatted(data.resolve("missing")));
    assertThat(errors(csv.put("url.column", "photo"))).containsOnlyKeys("url.column");
  }

  @Test
  void everyFileIsPublishedOnceThoughItsWorkerIsKilledHalfWay() throws Exception {
    Path pictures = Files.createDirectories(data.resolve("pictures"));
    List<String> names = numbers(0, IMAGES).map("%05d.png"::formatted).toList();
    List<String> later = numbers(IMAGES, IMAGES + MORE).map("%05d.png"::formatted).toList();
    paint(pictures, names);

    outlivesItsWorker(
        folder(pictures).put("batch.size", "10"),
        names.stream().map("default/pictures/"::concat).toList(),
        () -> paint(pictures, later),
        later.stream().map("default/pictures/"::concat).toList());
  }

  @Test
  void everyRowIsPublishedOnceThoughItsWorkerIsKilledHalfWay() throws Exception {
    Path file = Files.writeString(data.resolve("products.csv"), "sku,photo_url\n");
    append(file, numbers(0, IMAGES));

    outlivesItsWorker(
        csv(file).put("batch.size", "10"),
        numbers(0, IMAGES).map("default/sku-%d"::formatted).toList(),
        () -> append(file, numbers(IMAGES, IMAGES + MORE)),
        numbers(IMAGES, IMAGES + MORE).map("default/sku-%d"::formatted).toList());
  }

  @Test
  void whatABadRowHasIsLoggedIfThatIsAskedFor() throws Exception {
    Path file = Files.writeString(data.resolve("bad.csv"), "sku,photo_url\n\nx,y,z\n");
    cluster.grow(1);

    cluster.put(
        csv(file)
            .put("name", "bad")
            .put("source.name", "bad")
            .put("errors.log.enable", "true")
            .put("errors.log.include.messages", "true"));

    cluster.eventually(() ->
        assertThat(cluster.hasLogged("refused source=bad place=row 1, line 3 reason=the row has 3"))
            .isTrue());
    assertThat(cluster.hasLogged("content=x,y,z")).isTrue();
  }

  @Test
  void whatIsForgottenOverRestIsPublishedAgainAndNonsenseIsRefused() throws Exception {
    Path pictures = Files.createDirectories(data.resolve("altered"));
    paint(pictures, List.of("a.png", "b.png"));
    cluster.grow(1);
    cluster.put(folder(pictures).put("name", "altered").put("source.name", "altered"));
    cluster.eventually(() -> assertThat(published.keys("altered")).hasSize(2));

    done("PUT", "/connectors/altered/stop", "");
    String misspelt =
        "{'offsets': [{'partition': {'source': 'alterd', 'path': 'a.png'}, 'offset': {'refused':"
            + " ''}}]}";
    cluster.eventually(() ->
        assertThat(
                cluster
                    .request("PATCH", "/connectors/altered/offsets", misspelt.replace('\'', '"'))
                    .body()
                    .path("message")
                    .asText())
            .contains("\"source\" is \"alterd\", it must be \"altered\""));
    String forget =
        "{'offsets': [{'partition': {'source': 'altered', 'path': 'a.png'}, 'offset': null}]}";
    done("PATCH", "/connectors/altered/offsets", forget.replace('\'', '"'));
    done("PUT", "/connectors/altered/resume", "");

    cluster.eventually(() ->
        assertThat(published.keys("altered"))
            .containsExactlyInAnyOrder(
                "default/altered/a.png", "default/altered/b.png", "default/altered/a.png"));
  }

  private static void done(String method, String path, String body) {
    cluster.eventually(() -> {
      StockWorker.Answer answer = cluster.request(method, path, body);
      assertThat(answer.status()).as(answer.body().toString()).isBetween(200, 299);
    });
  }

  @Test
  void theCommandsOfTheDocumentationTakeAConnectorThroughItsLife() throws Exception {
    Path pictures = Files.createDirectories(data.resolve("documented"));
    paint(pictures, List.of("a.png", "b.png"));
    ObjectNode config = folder(pictures).put("source.name", "documented");
    Path unpacked = data.resolve("unpacked");
    Files.createDirectories(unpacked.resolve("etc"));
    Files.writeString(unpacked.resolve("etc/folder.json"), config.toString());
    List<String> keys = List.of("default/documented/a.png", "default/documented/b.png");
    List<String> commands = plugin.commands("connect.md");
    cluster.grow(1);

    assertThat(commands).hasSize(8);

    runInTurn(unpacked, commands.subList(0, 4));

    cluster.eventually(
        () -> assertThat(published.keys("documented")).containsExactlyInAnyOrderElementsOf(keys));

    runInTurn(unpacked, commands.subList(4, 7));

    cluster.eventually(() -> assertThat(published.keys("documented")).hasSize(2 * keys.size()));

    runInTurn(unpacked, commands.subList(7, 8));

    cluster.eventually(() ->
        assertThat(cluster.request("GET", "/connectors").body())
            .extracting(JsonNode::textValue)
            .doesNotContain("pictures"));
  }

  /** A command that comes too early for the cluster is given again, as a person would. */
  private static void runInTurn(Path folder, List<String> commands) {
    for (String command : commands) {
      cluster.eventually(() -> {
        Process shell =
            new ProcessBuilder(
                    "bash", "-c", command.replace("http://localhost:8083", cluster.url()))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(shell.getInputStream().readAllBytes(), UTF_8);
        assertThat(shell.waitFor()).as(command + output).isZero();
      });
    }
  }

  /** What comes later shows that the source has been read again, and nothing else came of it. */
  private static void outlivesItsWorker(
      ObjectNode config, List<String> keys, ConnectCluster.Attempt addMore, List<String> more)
      throws Exception {
    String connector = config.get("name").textValue();
    String source = config.get("source.name").textValue();
    cluster.grow(2);
    cluster.put(config);
    cluster.awaitTasks(connector);
    cluster.eventually(() -> assertThat(published.keys(source)).hasSizeGreaterThan(20));

    cluster.workerOf(connector).kill();

    assertThat(published.keys(source)).as("published at the kill").hasSizeLessThan(keys.size());
    assertThat(cluster.running()).hasSize(1);
    cluster.eventually(() -> assertThat(published.keys(source)).containsAll(keys));
    cluster.awaitTasks(connector);

    cluster.stop();
    addMore.run();
    cluster.grow(1);
    cluster.eventually(() -> assertThat(published.keys(source)).containsAll(more));

    assertThat(published.keys(source))
        .containsExactlyInAnyOrderElementsOf(Stream.concat(keys.stream(), more.stream()).toList());
  }

  private static ObjectNode folder(Path path) throws IOException {
    return plugin.connector("folder.json").put("folder.path", path.toString());
  }

  private static ObjectNode csv(Path path) throws IOException {
    return plugin.connector("csv.json").put("csv.path", path.toString());
  }

  private static Map<String, String> errors(ObjectNode config) throws Exception {
    String path =
        "/connector-plugins/%s/config/validate"
            .formatted(config.get("connector.class").textValue());
    JsonNode answer = cluster.request("PUT", path, config.toString()).body();
    Map<String, String> errors = new HashMap<>();
    for (JsonNode setting : answer.get("configs")) {
      JsonNode value = setting.get("value");
      for (JsonNode message : value.get("errors")) {
        errors.merge(value.get("name").textValue(), message.textValue(), "%s; %s"::formatted);
      }
    }
    assertThat(answer.get("error_count").intValue()).isEqualTo(errors.size());
    return errors;
  }

  private static Stream<Integer> numbers(int from, int to) {
    return IntStream.range(from, to).boxed();
  }

  private static void paint(Path folder, List<String> names) throws IOException {
    for (String name : names) {
      Files.write(folder.resolve(name), PNG_HEAD);
    }
  }

  private static void append(Path file, Stream<Integer> numbers) throws IOException {
    Files.write(
        file,
        numbers
            .map(number -> "sku-%d,https://example.org/%d.jpg".formatted(number, number))
            .toList(),
        StandardOpenOption.APPEND);
  }
}
