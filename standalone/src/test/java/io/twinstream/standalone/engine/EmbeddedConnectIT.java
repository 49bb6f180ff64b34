package io.twinstream.standalone.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinstream.ingest.folder.FolderSourceConnector;
import io.twinstream.schema.SourceProgress;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.topic.TopicProvisioner;
import io.twinstream.schema.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedConnectIT {
  private static final Topics TOPICS = new Topics("");
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final byte[] PNG_HEAD = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

  private static EmbeddedBroker broker;
  private static Admin admin;

  @TempDir private Path folder;

  @BeforeAll
  static void start(@TempDir Path data) {
    broker = EmbeddedBroker.start(data.resolve("kafka"));
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    new TopicProvisioner(admin, (short) 1).provision(TOPICS.definitions(1, 1, Topics.FOR_EVER));
  }

  @AfterAll
  static void stop() {
    admin.close();
    broker.close();
  }

  @Test
  void aFolderIsPublishedOnceThroughTwoRunsAndConnectorsOfTheFirstAreForgotten() throws Exception {
    Path cats = pictures("cats", 3);
    Path dogs = pictures("dogs", 2);
    try (EmbeddedConnect connect = EmbeddedConnect.start(admin, broker.bootstrapServers())) {
      connect.run("cats", config("cats", cats)).get();
      awaitProgress("cats", 3);
      assertThat(connect.failureOf("cats")).isEmpty();
    }
    Files.write(cats.resolve("new.png"), PNG_HEAD);

    try (EmbeddedConnect connect = EmbeddedConnect.start(admin, broker.bootstrapServers())) {
      connect.run("dogs", config("dogs", dogs)).get();
      awaitProgress("dogs", 2);

      assertThat(keys(TOPICS.imageMetadata()))
          .containsExactly(
              "default/cats/0.png",
              "default/cats/1.png",
              "default/cats/2.png",
              "default/dogs/0.png",
              "default/dogs/1.png");
      assertThat(keys("connect-configs"))
          .contains("connector-dogs")
          .doesNotContain("connector-cats");

      connect.run("cats", config("cats", cats)).get();
      awaitProgress("cats", 4);

      assertThat(keys(TOPICS.imageMetadata())).hasSize(6).endsWith("default/cats/new.png");
    }
  }

  @Test
  void theFailureOfAConnectorIsTold() throws Exception {
    try (EmbeddedConnect connect = EmbeddedConnect.start(admin, broker.bootstrapServers())) {
      assertThat(connect.run("missing", config("missing", folder.resolve("missing"))))
          .failsWithin(LONG)
          .withThrowableThat()
          .withMessageContaining(folder.resolve("missing").toString());
      assertThat(connect.failureOf("missing")).isEmpty();

      connect.run("broken", Map.of("connector.class", BrokenConnector.class.getName())).get();

      await()
          .atMost(LONG)
          .untilAsserted(
              () -> assertThat(connect.failureOf("broken")).contains(BrokenConnector.REASON));
    }
  }

  private Path pictures(String name, int count) throws IOException {
    Path pictures = Files.createDirectory(folder.resolve(name));
    for (int i = 0; i < count; i++) {
      Files.write(pictures.resolve(i + ".png"), PNG_HEAD);
    }
    return pictures;
  }

  private static Map<String, String> config(String name, Path pictures) {
    return Map.of(
        "connector.class",
        FolderSourceConnector.class.getName(),
        "source.name",
        name,
        "folder.path",
        pictures.toString());
  }

  private static void awaitProgress(String source, long published) {
    SourceProgress goal = new SourceProgress(source, published, 0, 0, true);
    await()
        .atMost(LONG)
        .untilAsserted(() ->
            assertThat(read(TOPICS.sourceProgress()))
                .extracting(record -> EventCodec.json(SourceProgress.class).read(record.value()))
                .contains(goal));
  }

  private static List<String> keys(String topic) {
    return read(topic).stream()
        .map(ConsumerRecord::key)
        .filter(Objects::nonNull)
        .map(key -> new String(key, UTF_8))
        .toList();
  }

  /** All that is committed in a topic of one partition. */
  private static List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "isolation.level",
                "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }
}
