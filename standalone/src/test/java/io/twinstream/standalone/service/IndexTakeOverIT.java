package io.twinstream.standalone.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import io.twinstream.standalone.engine.BrokenException;
import io.twinstream.standalone.engine.EmbeddedBroker;
import io.twinstream.standalone.operate.RunningIndexes;
import io.twinstream.standalone.scan.Command;
import io.twinstream.standalone.service.IndexPages.FoundImage;
import io.twinstream.standalone.service.IndexPages.InstanceLookup;
import io.twinstream.standalone.service.IndexPages.PartitionIndex;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instances that are killed, replaced and started again answer as if nothing had happened. */
class IndexTakeOverIT {
  private static final int PARTITIONS = 2;
  private static final int RADIUS = 31;
  private static final Duration LONG = Duration.ofSeconds(90);
  private static final Topics TOPICS = new Topics("");
  private static final List<String> COLLECTIONS = List.of("a", "b", "c", "d");

  @TempDir private Path folder;
  private final SplittableRandom random = new SplittableRandom(5);
  private final Map<ImageKey, BinaryCode> stored = new HashMap<>();
  private final List<Instance> instances = new ArrayList<>();
  private EmbeddedBroker broker;
  private KafkaProducer<ImageKey, FetchResult> producer;
  private long sent;

  private record Instance(Command command, RunningIndexes indexes) {
    /** Empty while it can't tell. */
    List<PartitionIndex> partitions() {
      try {
        return indexes.status().partitions();
      } catch (BrokenException e) {
        return List.of();
      }
    }
  }

  @BeforeEach
  void start() {
    broker = EmbeddedBroker.start(folder.resolve("kafka"));
    Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (Admin admin = Admin.create(config)) {
      new TopicProvisioner(admin, (short) 1)
          .provision(TOPICS.definitions(PARTITIONS, PARTITIONS, Topics.FOR_EVER));
    }
    producer =
        new KafkaProducer<>(
            config,
            ImageKeySerde.serde().serializer(),
            EventCodec.smile(FetchResult.class).serde().serializer());
  }

  @AfterEach
  void stop() throws InterruptedException {
    producer.close();
    for (Instance instance : instances) {
      instance.indexes.close();
      instance.command.kill();
    }
    broker.close();
  }

  @Test
  void theIndexIsEqualToWhatIsStoredAfterATakeOverAndARestart() throws Exception {
    Instance one = instance("one");
    Instance two = instance("two");
    await().atMost(LONG).until(() -> one.partitions().size() == 1 && two.partitions().size() == 1);
    file(1500);
    assertAnswersOf(one, two);

    one.command.kill();
    file(200);
    assertAnswersOf(two);

    Instance again = instance("one");
    await().atMost(LONG).until(() -> again.partitions().size() == 1);
    file(200);
    assertAnswersOf(two, again);

    // What was given away and changed there meanwhile comes back.
    again.command.kill();
    file(100);
    assertAnswersOf(two);
    // While it is restored, on a thread that holds up nothing.
    assertThat(builds(two, again))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).contains("StateUpdater"));
  }

  private static List<String> builds(Instance... all) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Instance instance : all) {
      instance.command.errors().lines().filter(it -> it.contains("Built an")).forEach(lines::add);
    }
    return lines;
  }

  private Instance instance(String name) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Command command =
        Command.start(
            folder,
            "stream",
            "--bootstrap=" + broker.bootstrapServers(),
            "--state=" + folder.resolve(name),
            "--standbys=1",
            "--radius=" + RADIUS,
            "--in-process",
            "--health-port=" + port);
    Instance instance = new Instance(command, new RunningIndexes("http://localhost:" + port));
    instances.add(instance);
    return instance;
  }

  /** New images, some near others, some in place of others, and some that are removed. */
  private void file(int count) {
    for (int i = 0; i < count; i++) {
      String collection = COLLECTIONS.get(random.nextInt(COLLECTIONS.size()));
      ImageKey key = new ImageKey(collection, Integer.toString(random.nextInt(1500)));
      if (random.nextInt(6) == 0) {
        stored.remove(key);
        send(key, new FetchResult.Removed(event()));
      } else {
        BinaryCode code = code();
        stored.put(key, code);
        send(key, fingerprinted(key, code));
      }
    }
    producer.flush();
  }

  private EventId event() {
    return new EventId(TOPICS.imageMetadata(), 0, sent++);
  }

  private void send(ImageKey key, FetchResult result) {
    int partition = COLLECTIONS.indexOf(key.collection()) % PARTITIONS;
    var _ = producer.send(new ProducerRecord<>(TOPICS.fetchedImages(), partition, key, result));
  }

  private BinaryCode code() {
    long[] words = new long[4];
    for (int i = 0; i < words.length; i++) {
      // Of few kinds, so that many are near each other.
      words[i] = i == 0 ? random.nextLong() : 7L * random.nextInt(3);
    }
    return BinaryCode.ofWords(words, 0, 256);
  }

  private FetchResult fingerprinted(ImageKey key, BinaryCode code) {
    return new FetchResult.Fingerprinted(
        event(),
        new ImageMetadata(key.collection(), key.id(), "", Attributes.NONE),
        new Fingerprint(
            "%064x".formatted(sent),
            1,
            "png",
            1,
            1,
            100,
            List.of(new PerceptualHash("PDQ", code))));
  }

  private void assertAnswersOf(Instance... all) {
    for (String collection : COLLECTIONS) {
      for (int i = 0; i < 25; i++) {
        BinaryCode code = code();
        Map<String, Integer> expected = new HashMap<>();
        stored.forEach((key, other) -> {
          if (key.collection().equals(collection) && other.distance(code) <= RADIUS) {
            expected.put(key.id(), other.distance(code));
          }
        });
        // What was sent last may still be on its way.
        await()
            .atMost(LONG)
            .ignoreExceptionsInstanceOf(BrokenException.class)
            .untilAsserted(() -> assertThat(found(collection, code, all)).isEqualTo(expected));
      }
    }
  }

  private static Map<String, Integer> found(String collection, BinaryCode code, Instance... all) {
    Map<String, Integer> found = new HashMap<>();
    for (Instance instance : all) {
      InstanceLookup answer =
          instance.indexes.lookUp(
              Map.of("hash", code.toHex(), "collection", collection, "limit", "1000"));
      assertThat(answer.found()).hasSize(Math.toIntExact(answer.count()));
      for (FoundImage image : answer.found()) {
        assertThat(Optional.ofNullable(found.put(image.id(), image.distance()))).isEmpty();
      }
    }
    return found;
  }
}
