package io.twinstream.standalone.operate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.twinstream.schema.Attributes;
import io.twinstream.schema.DeadLetter;
import io.twinstream.schema.EventId;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.SourceHeaders;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.Verdict.DuplicateFound;
import io.twinstream.schema.Verdict.Unique;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.serde.ImageKeySerde;
import io.twinstream.standalone.CommandRun;
import io.twinstream.standalone.verify.Verification;
import io.twinstream.standalone.verify.VerifyReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code verify} against a system that is right, and against each way in which it can be wrong. */
class VerifyIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int IMAGES = 12;

  private PolledServer server;
  private OperatedCluster cluster;

  @BeforeEach
  void judgeSome(@TempDir Path folder) throws Exception {
    server = new PolledServer(Duration.ZERO);
    cluster = new OperatedCluster(folder);
    cluster.startApp(1);
    IntStream.range(0, IMAGES).forEach(i -> cluster.event("" + i, server.url(i % 9 + ".jpg")));
    cluster.unreadable("13");
    await().atMost(PATIENCE).until(() -> cluster.verdicts().size() == IMAGES);
    // The same bytes again, other bytes, a removal, and one that fails.
    cluster.event("6", server.url("6.jpg"));
    cluster.event("3", server.url("5.jpg"));
    cluster.removal("4");
    cluster.event("bad", "no address");
    await().atMost(PATIENCE).until(() -> cluster.verdicts().size() == IMAGES + 3);
  }

  @AfterEach
  void stop() {
    cluster.close();
    server.close();
  }

  @Test
  void findsNothingWrongInASystemAtWorkAndTellsWhatIsUnderWay() throws Exception {
    JsonNode right = verify(0);
    assertThat(right.path("events").asInt()).isEqualTo(IMAGES + 4);
    assertThat(right.path("equal").asInt()).isEqualTo(IMAGES + 3);
    assertThat(right.path("dead_letters").asInt()).isEqualTo(1);
    assertThat(right.path("failed").asInt()).isEqualTo(1);
    assertThat(right.path("duplicates").asInt()).isEqualTo(4);

    cluster.stopApp();
    cluster.event("later", server.url("1.jpg"));

    JsonNode waiting = verify(0);
    assertThat(waiting.path("under_way").asInt()).isEqualTo(1);
    assertThat(waiting.path("missing").asInt()).isZero();
  }

  @Test
  void findsAnEventThatWasPassedOver() throws Exception {
    cluster.stopApp();
    cluster.event("lost", server.url("1.jpg"));
    passOver();

    JsonNode report = verify(1);

    assertThat(report.path("missing").asInt()).isEqualTo(1);
    assertThat(report.at("/problems/0/kind").asText()).isEqualTo("missing");
  }

  @Test
  void findsARemovalThatWasPassedOverAndWaitsForOneThatIsUnderWay() throws Exception {
    cluster.stopApp();
    cluster.removal("7");

    JsonNode waiting = verify(0);
    assertThat(waiting.path("under_way").asInt()).isEqualTo(1);

    passOver();

    JsonNode report = verify(1);
    assertThat(report.path("missing").asInt()).isEqualTo(1);
    assertThat(report.at("/problems/0/what").asText()).contains("still in the log");
  }

  @Test
  void doesNotCallARemovalLostWhoseImageComesBackMeanwhile() throws Exception {
    AtomicBoolean told = new AtomicBoolean();
    try (PolledServer slow = new PolledServer(Duration.ofSeconds(15))) {
      cluster.event("slow", slow.url("1.jpg"));
      try (Verification verification =
          new Verification(
              cluster.bootstrapServers(),
              OperatedCluster.TOPICS,
              PATIENCE,
              () -> false,
              (what, _, _) -> {
                if (what.contains("still open") && told.compareAndSet(false, true)) {
                  cluster.event("4", server.url("8.jpg"));
                  await().atMost(PATIENCE).until(() -> cluster.verdicts().size() == IMAGES + 4);
                }
              })) {
        VerifyReport report = verification.run();

        assertThat(told).isTrue();
        assertThat(report.isBroken()).as(report.toString()).isFalse();
        assertThat(report.underWay()).isZero();
      }
    }
  }

  @Test
  void asksToPutBackADeadLetterThatCanBeReadByNow() throws Exception {
    cluster.stopApp();
    EventId event = cluster.send(lost());
    passOver();
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(OperatedCluster.TOPICS.deadLetters(), lost().key(), lost().value());
    // In the order in which the app writes them: the first begins what it says of itself.
    List.of(
            Map.entry(DeadLetter.EXCEPTION, "Exception"),
            Map.entry(DeadLetter.TOPIC, event.topic()),
            Map.entry(DeadLetter.PARTITION, Integer.toString(event.partition())),
            Map.entry(DeadLetter.OFFSET, Long.toString(event.offset())))
        .forEach(
            header -> letter.headers().add(header.getKey(), header.getValue().getBytes(UTF_8)));
    EventId place = cluster.send(letter);

    JsonNode open = verify(4);
    assertThat(open.path("unverifiable").asInt()).isOne();
    assertThat(open.at("/problems/0/what").asText()).contains("dead-letters retry");

    ProducerRecord<byte[], byte[]> again = lost();
    again.headers().add(SourceHeaders.DEAD_LETTER, place.toString().getBytes(UTF_8));
    cluster.send(again);

    assertThat(verify(0).path("unverifiable").asInt()).isZero();
  }

  private ProducerRecord<byte[], byte[]> lost() {
    ImageMetadata image =
        new ImageMetadata("default", "lost", server.url("1.jpg"), Attributes.NONE);
    return new ProducerRecord<>(
        OperatedCluster.TOPICS.imageMetadata(),
        ImageKeySerde.write(image.key()),
        EventCodec.json(ImageMetadata.class).write(image));
  }

  /** Makes the app believe that it has read everything. */
  private void passOver() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
      Map<TopicPartition, OffsetAndMetadata> past = new HashMap<>();
      cluster
          .events()
          .forEach(event ->
              past.merge(
                  new TopicPartition(event.topic(), event.partition()),
                  new OffsetAndMetadata(event.offset() + 1),
                  (one, other) -> one.offset() > other.offset() ? one : other));
      // The instance is a member until its session is over.
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() ->
              admin
                      .alterConsumerGroupOffsets(OperatedCluster.TOPICS.applicationId(), past)
                      .all()
                      .get()
                  == null);
    }
  }

  @Test
  void findsAVerdictThatWasGivenTwice() throws Exception {
    cluster.verdict(OperatedCluster.TOPICS.unique(), first(Unique.class));

    JsonNode report = verify(1);

    assertThat(report.path("doubled").asInt()).isEqualTo(1);
    assertThat(report.path("different").asInt()).isZero();
  }

  @Test
  void findsAVerdictThatWasChanged() throws Exception {
    DuplicateFound right = first(DuplicateFound.class);
    cluster.verdict(
        OperatedCluster.TOPICS.unique(),
        new Unique(
            right.event(),
            right.image(),
            right.run(),
            right.judgedAt(),
            right.position(),
            right.thresholds(),
            right.fingerprint()));

    JsonNode report = verify(1);

    assertThat(report.path("different").asInt()).isEqualTo(1);
    assertThat(report.path("problems").findValuesAsText("what"))
        .anyMatch(what -> what.contains("does not name"));
  }

  @Test
  void tellsOfAnUnreadableRecordAndJudgesAllOthers() throws Exception {
    cluster.raw(OperatedCluster.TOPICS.unique(), "{}");

    JsonNode report = verify(1);

    assertThat(report.path("different").asInt()).isEqualTo(1);
    assertThat(report.path("equal").asInt()).isEqualTo(IMAGES + 3);
    assertThat(report.at("/problems/0/event").asText()).startsWith("unique-");
    assertThat(report.at("/problems/0/what").asText()).contains("verdict");
  }

  @Test
  void doesNotCallMissingWhatMayHaveExpired() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
      Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
      for (int partition = 0; partition < 3; partition++) {
        all.put(
            new TopicPartition(OperatedCluster.TOPICS.unique(), partition),
            RecordsToDelete.beforeOffset(-1));
      }
      admin.deleteRecords(all).all().get();
    }
    assertThat(verify(1).path("missing").asInt()).isEqualTo(IMAGES + 3 - 4 - 1);

    keepUnique(Duration.ofMillis(1));
    JsonNode report = verify(4);

    assertThat(report.path("missing").asInt()).isZero();
    assertThat(report.path("unverifiable").asInt()).isEqualTo(IMAGES + 3 - 4 - 1);
  }

  private void keepUnique(Duration retention) throws Exception {
    ConfigResource topic =
        new ConfigResource(ConfigResource.Type.TOPIC, OperatedCluster.TOPICS.unique());
    ConfigEntry entry =
        new ConfigEntry(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
      admin
          .incrementalAlterConfigs(
              Map.of(topic, List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
  }

  @Test
  void refusesWhatItCannotDo(@TempDir Path empty) {
    List.of(
            List.of("--every", "0"),
            List.of("--wait-for", "-1"),
            List.of("--health-port", "8081"),
            List.of("--data", empty.toString()))
        .forEach(options -> {
          CommandRun run =
              CommandRun.of(
                  Stream.concat(Stream.of("verify"), options.stream()).toArray(String[]::new));
          assertThat(run.code()).as("%s", options).isEqualTo(2);
          assertThat(run.err()).as("%s", options).isNotBlank().doesNotContain("Exception");
        });
  }

  private <V extends Verdict> V first(Class<V> kind) {
    return cluster.verdicts().stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .findFirst()
        .orElseThrow();
  }

  private JsonNode verify(int code) throws Exception {
    CommandRun run = cluster.run("verify", "--json");
    assertThat(run.code()).as(run.out() + run.err()).isEqualTo(code);
    return new ObjectMapper().readTree(run.out().getBytes(UTF_8));
  }
}
