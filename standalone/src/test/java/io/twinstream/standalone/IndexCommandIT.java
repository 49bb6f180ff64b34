package io.twinstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.twinstream.schema.Attributes;
import io.twinstream.schema.BinaryCode;
import io.twinstream.schema.EventId;
import io.twinstream.schema.FetchResult;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.PerceptualHash;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.serde.ImageKeySerde;
import io.twinstream.schema.topic.TopicProvisioner;
import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.engine.EmbeddedBroker;
import io.twinstream.standalone.scan.Command;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code twinstream index}, of an instance at work. */
class IndexCommandIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Topics TOPICS = new Topics("");
  private static final int GOOD = 100;
  private static final int FEATURELESS = 0;

  @TempDir private Path folder;
  private EmbeddedBroker broker;
  private Command instance;
  private int port;

  @BeforeEach
  void startOneWithFiveImages() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    broker = EmbeddedBroker.start(folder.resolve("kafka"));
    Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (Admin admin = Admin.create(config)) {
      new TopicProvisioner(admin, (short) 1).provision(TOPICS.definitions(1, 1, Topics.FOR_EVER));
    }
    try (KafkaProducer<ImageKey, FetchResult> producer =
        new KafkaProducer<>(
            config,
            ImageKeySerde.serde().serializer(),
            EventCodec.smile(FetchResult.class).serde().serializer())) {
      for (int i = 0; i < 5; i++) {
        var _ = producer.send(fingerprint(i, i < 3 ? GOOD : FEATURELESS));
      }
    }
    instance = start("--radius=31");
    await().atMost(PATIENCE).until(() -> run("stats").out().contains(" 5 images"));
  }

  @AfterEach
  void stop() throws InterruptedException {
    instance.kill();
    broker.close();
  }

  private Command start(String option) throws IOException {
    return Command.start(
        folder,
        "stream",
        "--bootstrap=" + broker.bootstrapServers(),
        "--state=" + folder.resolve("state"),
        option,
        "--in-process",
        "--health-port=" + port);
  }

  private static ProducerRecord<ImageKey, FetchResult> fingerprint(int number, int quality) {
    ImageMetadata image = new ImageMetadata("shop", "" + number, "", Attributes.NONE);
    Fingerprint fingerprint =
        new Fingerprint("%064x".formatted(number), 1, "png", 1, 1, quality, List.of(hash(number)));
    return new ProducerRecord<>(
        TOPICS.fetchedImages(),
        image.key(),
        new FetchResult.Fingerprinted(
            new EventId(TOPICS.imageMetadata(), 0, number), image, fingerprint));
  }

  private static PerceptualHash hash(int number) {
    return new PerceptualHash("PDQ", BinaryCode.ofHex("%064x".formatted(number), 256));
  }

  private CommandRun run(String... args) {
    String[] all = new String[args.length + 2];
    all[0] = "index";
    System.arraycopy(args, 0, all, 1, args.length);
    all[all.length - 1] = "--instance=http://localhost:" + port;
    return CommandRun.of(all);
  }

  @Test
  void featurelessImagesAreCountedApartAndNotLookedUp() throws Exception {
    CommandRun stats = run("stats");
    JsonNode partition =
        new ObjectMapper().readTree(run("stats", "--json").out()).get("partitions").get(0);
    CommandRun lookup = run("lookup", "00".repeat(32), "--collection=shop");

    assertThat(stats.out())
        .contains(
            "Partition 0, matched within 31 bits: 5 images, 2 of them featureless, in 1"
                + " collections")
        .contains("whole: 3 codes");
    assertThat(partition.get("images").asInt()).isEqualTo(5);
    assertThat(partition.get("featureless").asInt()).isEqualTo(2);
    assertThat(partition.get("views").get("whole").get("size").asInt()).isEqualTo(3);
    assertThat(lookup.out()).startsWith("3 of 5 images of the collection shop are within 31 bits");
    assertThat(lookup.code()).isZero();
  }

  @Test
  void aLookupTellsABadHashFromACollectionThatIsNotThere() {
    CommandRun narrow = run("lookup", "00".repeat(8), "--collection=shop");
    CommandRun nowhere = run("lookup", "00".repeat(32), "--collection=nowhere");
    CommandRun within = run("lookup", "00".repeat(32), "--collection=shop", "--radius=1");
    CommandRun beyond = run("lookup", "00".repeat(32), "--collection=shop", "--radius=32");

    assertThat(narrow.err()).contains("a hash by PDQ is 64 hexadecimal digits");
    assertThat(narrow.code()).isEqualTo(2);
    assertThat(nowhere.out())
        .isEqualToIgnoringNewLines(
            "This instance has no image of the collection nowhere; others are named with"
                + " --collection.");
    assertThat(nowhere.code()).isZero();
    assertThat(within.out()).contains("3 of 5", "1 bits  position 1  1");
    assertThat(beyond.err()).contains("at most 31 bits, by which this instance matches, not 32");
    assertThat(beyond.code()).isEqualTo(2);
  }

  @Test
  void anInstanceThatIsToldAnotherAlgorithmEndsAtOnceAndSaysWhatToDo() throws Exception {
    instance.terminate();
    instance.await();

    Command other = start("--algorithm=PerceptiveHash(256)");

    assertThat(other.await()).isEqualTo(2);
    assertThat(other.errors() + other.output())
        .contains("matched by PDQ")
        .contains("start it with --algorithm \"PDQ\"")
        .doesNotContain("another takes its place");
  }
}
