package io.twinstream.standalone.operate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinstream.app.Decoding;
import io.twinstream.app.StreamApp;
import io.twinstream.app.StreamSettings;
import io.twinstream.app.TopicReader;
import io.twinstream.fetch.FetchLimits;
import io.twinstream.fetch.RetryPolicy;
import io.twinstream.fetch.UserAgent;
import io.twinstream.fetch.address.AddressPolicy;
import io.twinstream.fingerprint.FingerprintSettings;
import io.twinstream.politeness.HostLimits;
import io.twinstream.schema.Attributes;
import io.twinstream.schema.EventId;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.Threshold;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.serde.ImageKeySerde;
import io.twinstream.schema.topic.TopicProvisioner;
import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.CommandRun;
import io.twinstream.standalone.engine.EmbeddedBroker;
import io.twinstream.topology.FetchOrder;
import io.twinstream.topology.FetchSettings;
import io.twinstream.worker.WorkerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** A broker with the topics, the app as often as it is started, and commands against it. */
final class OperatedCluster implements AutoCloseable {
  static final Topics TOPICS = new Topics("");
  private static final EventCodec<ImageMetadata> IMAGE = EventCodec.json(ImageMetadata.class);
  private static final EventCodec<Verdict> VERDICT = EventCodec.json(Verdict.class);

  private final Path folder;
  private final EmbeddedBroker broker;
  private final KafkaProducer<byte[], byte[]> producer;
  private StreamApp app;

  OperatedCluster(Path folder) {
    this.folder = folder;
    broker = EmbeddedBroker.start(folder.resolve("kafka"));
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      new TopicProvisioner(admin, (short) 1).provision(TOPICS.definitions(3, 2, Topics.FOR_EVER));
    }
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /**
   * Starts an instance, and waits until it runs.
   *
   * @param tries of each image
   */
  void startApp(int tries) {
    startApp(tries, List.of(FingerprintSettings.DEFAULT_HASH));
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(app::isRunning);
  }

  /**
   * Starts an instance, and does not wait.
   *
   * @param hashes that it makes; it matches by the first
   */
  StreamApp startApp(int tries, List<String> hashes) {
    RetryPolicy retry = new RetryPolicy(tries, Duration.ofSeconds(1), RetryPolicy.DEFAULT.cap());
    app =
        new StreamApp(
            new StreamSettings(
                broker.bootstrapServers(),
                TOPICS,
                "operated",
                folder.resolve("state"),
                1,
                0,
                Duration.ofMillis(100),
                new Threshold(hashes.getFirst(), 40),
                new FetchSettings(
                    FetchOrder.ARRIVAL, 512, 2048, 10_000, retry, Duration.ofMillis(5)),
                FetchLimits.DEFAULT,
                new AddressPolicy(true, AddressPolicy.WEB_PORTS),
                HostLimits.DEFAULT,
                StreamSettings.DEFAULT_IN_FLIGHT,
                true,
                List.of(),
                FingerprintSettings.DEFAULT.withHashes(hashes),
                new Decoding.InWorkers(WorkerSettings.DEFAULT),
                new UserAgent("test", Optional.empty()),
                Map.of()));
    app.start();
    return app;
  }

  void stopApp() {
    app.close();
    app = null;
  }

  void event(String id, String source) {
    ImageMetadata image = new ImageMetadata("default", id, source, Attributes.NONE);
    send(TOPICS.imageMetadata(), ImageKeySerde.write(image.key()), IMAGE.write(image));
  }

  void removal(String id) {
    send(TOPICS.imageMetadata(), ImageKeySerde.write(new ImageKey("default", id)), null);
  }

  /** Something that nobody can read. */
  void unreadable(String id) {
    send(
        TOPICS.imageMetadata(),
        ImageKeySerde.write(new ImageKey("default", id)),
        "{".getBytes(UTF_8));
  }

  /** As the app would write it. */
  void verdict(String topic, Verdict verdict) {
    send(topic, ImageKeySerde.write(verdict.image().key()), VERDICT.write(verdict));
  }

  /** Anything, under no key of ours. */
  void raw(String topic, String value) {
    send(topic, "?".getBytes(UTF_8), value.getBytes(UTF_8));
  }

  void instruction(String key, String value) {
    send(TOPICS.fetchControl(), key.getBytes(UTF_8), value.getBytes(UTF_8));
  }

  private void send(String topic, byte[] key, byte[] value) {
    var _ = send(new ProducerRecord<>(topic, key, value));
  }

  /** Anything at all; where it stands then is returned. */
  EventId send(ProducerRecord<byte[], byte[]> record) {
    Future<RecordMetadata> sent = producer.send(record);
    producer.flush();
    RecordMetadata place = sent.resultNow();
    return new EventId(place.topic(), place.partition(), place.offset());
  }

  /** Takes a record away, and all before it on its partition, as retention does. */
  void expire(EventId last) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .deleteRecords(
              Map.of(
                  new TopicPartition(last.topic(), last.partition()),
                  RecordsToDelete.beforeOffset(last.offset() + 1)))
          .all()
          .get();
    }
  }

  /** What a command says and how it ends. */
  CommandRun run(String... args) {
    return CommandRun.of(
        Stream.concat(
                Arrays.stream(args),
                Stream.of("--bootstrap", broker.bootstrapServers(), "--wait", "20"))
            .toArray(String[]::new));
  }

  /** Those of all kinds that are committed by now. */
  List<Verdict> verdicts() {
    return Stream.of(TOPICS.unique(), TOPICS.duplicateFound(), TOPICS.downloadFailed())
        .flatMap(topic -> records(topic).stream())
        .map(record -> VERDICT.read(record.value()))
        .toList();
  }

  List<Verdict.DownloadFailed> failures() {
    return verdicts().stream()
        .filter(Verdict.DownloadFailed.class::isInstance)
        .map(Verdict.DownloadFailed.class::cast)
        .toList();
  }

  List<ConsumerRecord<byte[], byte[]>> events() {
    return records(TOPICS.imageMetadata());
  }

  List<ConsumerRecord<byte[], byte[]>> deadLetters() {
    return records(TOPICS.deadLetters());
  }

  List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (TopicReader reader = TopicReader.open(broker.bootstrapServers(), topic)) {
      while (!reader.isAtEnd()) {
        reader.poll(Duration.ofMillis(100), records::add);
      }
    }
    return records;
  }

  @Override
  public void close() {
    if (app != null) {
      app.close();
    }
    producer.close();
    broker.close();
  }
}
