package io.twinstream.standalone.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.twinstream.catalog.Catalog;
import io.twinstream.catalog.CatalogReader;
import io.twinstream.catalog.ImageRow;
import io.twinstream.catalog.ImageRow.Origin;
import io.twinstream.schema.Attributes;
import io.twinstream.schema.DeadLetter;
import io.twinstream.schema.EventId;
import io.twinstream.schema.FailureReason;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.SourceHeaders;
import io.twinstream.schema.SourceProgress;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.serde.ImageKeySerde;
import io.twinstream.schema.topic.TopicDefinition;
import io.twinstream.schema.topic.TopicProvisioner;
import io.twinstream.schema.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class CatalogReaderIT {
  /** What a sender says; the broker writes down when it came. */
  private static final Instant LONG_AGO = Instant.parse("2026-01-02T03:04:05Z");

  private final Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  private static EmbeddedBroker broker;
  private static Admin admin;

  private final Catalog catalog = new Catalog();
  private Topics topics;
  private KafkaProducer<byte[], byte[]> producer;

  @BeforeAll
  static void start(@TempDir Path folder) {
    broker = EmbeddedBroker.start(folder.resolve("kafka"));
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  @AfterAll
  static void stop() {
    admin.close();
    broker.close();
  }

  @BeforeEach
  void provideTopics(TestInfo test) {
    String name = test.getTestMethod().orElseThrow().getName();
    topics = new Topics(name + "-");
    List<TopicDefinition> definitions = topics.definitions(1, 1, Topics.FOR_EVER);
    new TopicProvisioner(admin, (short) 1).provision(definitions);
    await()
        .untilAsserted(() ->
            assertThat(admin.listTopics().names().get())
                .containsAll(definitions.stream().map(TopicDefinition::name).toList()));
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", name),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
  }

  @AfterEach
  void closeProducer() {
    producer.close();
  }

  @Test
  void whatAnAbortedTransactionHasWrittenIsNotSeen() throws Exception {
    producer.beginTransaction();
    EventId good = image("good");
    verdict(good, "good");
    producer.commitTransaction();
    producer.beginTransaction();
    EventId aborted = image("aborted");
    verdict(aborted, "aborted");
    rejection("row 7", "no address");
    producer.abortTransaction();

    readAll();

    assertThat(catalog.images()).extracting(ImageRow::event).containsExactly(good);
    assertThat(catalog.verdicts()).isEqualTo(1);
    assertThat(catalog.unjudged()).isZero();
    assertThat(catalog.rejectedOf(Set.of("source"))).isEmpty();
  }

  @Test
  void anOpenTransactionIsAwaitedAndSeenWhenItIsCommitted() throws Exception {
    producer.beginTransaction();
    image("a");

    try (CatalogReader reader = reader()) {
      reader.poll(Duration.ofMillis(200));
      assertThat(catalog.isEmpty()).isTrue();
      assertThat(reader.isCaughtUp()).isFalse();
      producer.commitTransaction();
      drain(reader);
    }

    assertThat(catalog.images()).hasSize(1);
  }

  @Test
  void itIsCaughtUpWhenEverythingIsReadAndUntilMoreIsWritten() throws Exception {
    producer.beginTransaction();
    image("a");
    producer.commitTransaction();

    try (CatalogReader reader = reader()) {
      assertThat(reader.isCaughtUp()).isFalse();
      drain(reader);
      assertThat(reader.isCaughtUp()).isTrue();
      producer.beginTransaction();
      image("b");
      producer.commitTransaction();
      assertThat(reader.isCaughtUp()).isFalse();
      drain(reader);
    }

    assertThat(catalog.images()).hasSize(2);
  }

  @Test
  void progressFromBeforeIsPassedOver() throws Exception {
    SourceProgress before = new SourceProgress("source", 3, 0, 0, true);
    SourceProgress after = new SourceProgress("source", 4, 1, 0, false);
    producer.beginTransaction();
    progress(before);
    producer.commitTransaction();

    try (CatalogReader reader = reader()) {
      drain(reader);
      assertThat(catalog.progressOf("source")).isEmpty();
      producer.beginTransaction();
      progress(after);
      producer.commitTransaction();
      drain(reader);
    }

    assertThat(catalog.progressOf("source")).contains(after);
  }

  @Test
  void rowsSayWhereTheyWereHandedInAndWhen() throws Exception {
    ImageMetadata image = image("default", "a");
    ProducerRecord<byte[], byte[]> record = record(image.key(), image);
    record.headers().add(SourceHeaders.SOURCE, "Käfer".getBytes(UTF_8));
    record.headers().add(SourceHeaders.PLACE, "row 7".getBytes(UTF_8));
    producer.beginTransaction();
    send(record);
    image("of another producer");
    producer.commitTransaction();

    readAll();

    assertThat(catalog.images())
        .extracting(ImageRow::origin)
        .containsExactly(
            new Origin("Käfer", "row 7"), new Origin("", "default/of another producer"));
    assertThat(catalog.images()).extracting(ImageRow::at).allSatisfy(this::isOfThisTest);
  }

  @Test
  void aRemovalTakesAnImageAway() throws Exception {
    producer.beginTransaction();
    image("gone");
    image("stays");
    send(record(new ImageKey("default", "gone"), null));
    producer.commitTransaction();

    readAll();

    assertThat(catalog.images()).extracting(row -> row.image().id()).containsExactly("stays");
  }

  @Test
  void theVerdictsOfAReplayAreNotTheImagesOwn() throws Exception {
    producer.beginTransaction();
    EventId event = image("a");
    send(
        new ProducerRecord<>(
            topics.downloadFailed(),
            EventCodec.json(Verdict.class).write(failed(event, "a", "stricter"))));
    producer.commitTransaction();

    readAll();

    assertThat(catalog.unjudged()).isEqualTo(1);
  }

  @Test
  void whatCanNotBeReadAsAnEventIsToldByItsDeadLetter() throws Exception {
    ImageMetadata other = image("default", "other");
    producer.beginTransaction();
    EventId good = image("other");
    send(new ProducerRecord<>(topics.imageMetadata(), "{".getBytes(UTF_8)));
    EventId mismatched = send(record(new ImageKey("default", "a"), other));
    deadLetter(mismatched);
    rejection("row 7", "no address");
    producer.commitTransaction();

    readAll();

    assertThat(catalog.images()).extracting(ImageRow::event).containsExactly(good);
    assertThat(catalog.unjudged()).isEqualTo(1);
    assertThat(catalog.rejectedOf(Set.of("")))
        .singleElement()
        .satisfies(row -> {
          assertThat(row.origin()).isEqualTo(new Origin("", topics.deadLetters() + "-0@0"));
          assertThat(row.message()).isEqualTo("it can't be read");
          assertThat(row.excerpt()).isEqualTo("{");
          isOfThisTest(row.at());
        });
    assertThat(catalog.rejectedOf(Set.of("source")))
        .singleElement()
        .satisfies(row -> {
          assertThat(row.origin()).isEqualTo(new Origin("source", "row 7"));
          assertThat(row.message()).isEqualTo("no address");
          isOfThisTest(row.at());
        });
  }

  private void isOfThisTest(Instant at) {
    assertThat(at).isBetween(start, Instant.now());
  }

  @Test
  void aMissingTopicIsNamed() {
    assertThatIllegalStateException()
        .isThrownBy(
            () -> new CatalogReader(broker.bootstrapServers(), new Topics("unheard-of-"), catalog))
        .withMessage("there is no topic unheard-of-image-metadata");
  }

  private CatalogReader reader() {
    return new CatalogReader(broker.bootstrapServers(), topics, catalog);
  }

  private void readAll() {
    try (CatalogReader reader = reader()) {
      drain(reader);
    }
  }

  private static void drain(CatalogReader reader) {
    await()
        .until(() -> {
          reader.poll(Duration.ofMillis(50));
          return reader.isCaughtUp();
        });
  }

  private EventId image(String id) throws Exception {
    ImageMetadata image = image("default", id);
    return send(record(image.key(), image));
  }

  private static ImageMetadata image(String collection, String id) {
    return new ImageMetadata(collection, id, "https://example.org/" + id, Attributes.NONE);
  }

  private ProducerRecord<byte[], byte[]> record(ImageKey key, ImageMetadata image) {
    return new ProducerRecord<>(
        topics.imageMetadata(),
        null,
        LONG_AGO.toEpochMilli(),
        ImageKeySerde.write(key),
        EventCodec.json(ImageMetadata.class).write(image));
  }

  private void verdict(EventId event, String id) throws Exception {
    send(
        new ProducerRecord<>(
            topics.downloadFailed(),
            EventCodec.json(Verdict.class).write(failed(event, id, Verdict.LIVE))));
  }

  private static Verdict failed(EventId event, String id, String run) {
    return new Verdict.DownloadFailed(
        event, image("default", id), run, LONG_AGO, FailureReason.NOT_FOUND, "gone", false, 404, 1);
  }

  private void progress(SourceProgress progress) throws Exception {
    send(
        new ProducerRecord<>(
            topics.sourceProgress(),
            progress.source().getBytes(UTF_8),
            EventCodec.json(SourceProgress.class).write(progress)));
  }

  /** As a connector writes it. */
  private void rejection(String place, String message) throws Exception {
    ProducerRecord<byte[], byte[]> record = deadLetterRecord();
    record.headers().add(SourceHeaders.SOURCE, "source".getBytes(UTF_8));
    record.headers().add(SourceHeaders.PLACE, place.getBytes(UTF_8));
    record.headers().add(DeadLetter.MESSAGE, message.getBytes(UTF_8));
    send(record);
  }

  /** As the app writes it. */
  private void deadLetter(EventId event) throws Exception {
    ProducerRecord<byte[], byte[]> record = deadLetterRecord();
    record.headers().add(DeadLetter.TOPIC, event.topic().getBytes(UTF_8));
    record
        .headers()
        .add(DeadLetter.PARTITION, Integer.toString(event.partition()).getBytes(UTF_8))
        .add(DeadLetter.OFFSET, Long.toString(event.offset()).getBytes(UTF_8));
    send(record);
  }

  private ProducerRecord<byte[], byte[]> deadLetterRecord() {
    return new ProducerRecord<>(
        topics.deadLetters(), null, LONG_AGO.toEpochMilli(), null, "{".getBytes(UTF_8));
  }

  private EventId send(ProducerRecord<byte[], byte[]> record) throws Exception {
    RecordMetadata at = producer.send(record).get();
    return new EventId(at.topic(), at.partition(), at.offset());
  }
}
