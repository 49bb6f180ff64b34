package io.twinstream.examples.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinstream.examples.Pictures;
import io.twinstream.examples.RunningTwinstream;
import io.twinstream.standalone.engine.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes on the topics and when is up to the test; broker and consumer are real. */
class QuarantineConsumerIT {
  private static final String IMAGE = "shop-7/4711";
  private static final String OTHER = "shop-7/4712";

  @TempDir private Path folder;
  private EmbeddedBroker broker;
  private Admin admin;
  private KafkaProducer<byte[], byte[]> producer;
  private FileQuarantine quarantine;

  @BeforeEach
  void start() throws Exception {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    broker = RunningTwinstream.startBroker(folder.resolve("broker"));
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    producer = producer(Map.of());
    quarantine = new FileQuarantine(folder.resolve("quarantine"));
  }

  @AfterEach
  void stop() {
    producer.close();
    admin.close();
    broker.close();
    Awaitility.reset();
  }

  @Test
  void anOlderDuplicateThatComesAfterANewerUniqueQuarantinesNothing() throws Exception {
    try (RunningConsumer consumer = run()) {
      send("unique", IMAGE, unique(9));
      await().until(() -> quarantine.find(IMAGE).isPresent());
      send("duplicate-found", IMAGE, duplicate(5));
      RunningConsumer.awaitCaughtUp(admin);

      assertThat(quarantine.find(IMAGE)).contains(new Ruling.Release(IMAGE, place(9)));
      assertThat(consumer.output()).isEmpty();
    }
  }

  @Test
  void unreadableRecordsAreToldOfAndPassed() throws Exception {
    try (RunningConsumer consumer = run()) {
      send("duplicate-found", IMAGE, "no JSON".getBytes(UTF_8));
      send("duplicate-found", IMAGE, null);
      producer.send(new ProducerRecord<>("duplicate-found", 0, null, duplicate(1))).get();
      producer
          .send(new ProducerRecord<>("duplicate-found", 0, new byte[] {(byte) 0xff}, duplicate(1)))
          .get();
      send("duplicate-found", IMAGE, duplicate(5));
      send("image-metadata", IMAGE, "events are not looked into".getBytes(UTF_8));
      await().until(() -> quarantine.find(IMAGE).isPresent());
      RunningConsumer.awaitCaughtUp(admin);

      assertThat(consumer.refused()).isEqualTo(4);
      assertThat(consumer.output()).contains("passed over duplicate-found-0@", "quarantined");
    }
  }

  @Test
  void aVerdictThatWasRolledBackIsNotObeyed() throws Exception {
    try (RunningConsumer _ = run();
        KafkaProducer<byte[], byte[]> undecided = producer(Map.of("transactional.id", "t"))) {
      undecided.initTransactions();
      undecided.beginTransaction();
      undecided.send(record("duplicate-found", IMAGE, duplicate(5))).get();
      undecided.abortTransaction();
      send("duplicate-found", IMAGE, duplicate(3));
      send("duplicate-found", OTHER, duplicate(7));
      await().until(() -> quarantine.find(OTHER).isPresent());
      RunningConsumer.awaitCaughtUp(admin);

      assertThat(quarantine.find(IMAGE).map(Ruling::event)).contains(place(3));
    }
  }

  @Test
  void aQuarantineThatCannotBeWrittenStopsTheConsumerAndLosesNothing() throws Exception {
    Quarantine broken =
        new Quarantine() {
          @Override
          public Change obey(Ruling ruling) throws IOException {
            throw new IOException("the disk is full");
          }

          @Override
          public Optional<Ruling> find(String image) {
            return Optional.empty();
          }
        };
    send("duplicate-found", IMAGE, duplicate(5));
    RunningConsumer consumer = RunningConsumer.start(broker.bootstrapServers(), broken);
    await().until(() -> consumer.ended().isCompletedExceptionally());
    assertThat(consumer.ended().exceptionNow()).hasRootCauseMessage("the disk is full");

    try (RunningConsumer _ = run()) {
      await().until(() -> quarantine.find(IMAGE).isPresent());
    }
  }

  @Test
  void twoConsumersShareTheWorkAndOneTakesOverFromTheOther() throws Exception {
    try (RunningConsumer first = run()) {
      send("duplicate-found", IMAGE, duplicate(1));
      await().until(() -> quarantine.find(IMAGE).isPresent());
      try (RunningConsumer second = run()) {
        await().until(() -> members() == 2);
        for (int i = 0; i < 20; i++) {
          send("duplicate-found", "shop-7/" + i, duplicate(2));
        }
        RunningConsumer.awaitCaughtUp(admin);
        first.stop();
        send("unique", IMAGE, unique(3));
        await().until(() -> quarantine.find(IMAGE).orElseThrow() instanceof Ruling.Release);
        assertThat(second.refused() + first.refused()).isZero();
      }
    }
    for (int i = 0; i < 20; i++) {
      assertThat(quarantine.find("shop-7/" + i)).containsInstanceOf(Ruling.Hold.class);
    }
  }

  @Test
  void aKilledProcessGoesOnWhereItWasAndATerminatedOneEndsInOrder() throws Exception {
    Path log = folder.resolve("log.txt");
    Process killed = process(log);
    send("duplicate-found", IMAGE, duplicate(5));
    await().until(() -> quarantine.find(IMAGE).isPresent());
    killed.destroyForcibly().waitFor();
    var before = Pictures.contentOf(folder.resolve("quarantine"));

    send("duplicate-found", OTHER, duplicate(6));
    Process terminated = process(log);
    await().until(() -> quarantine.find(OTHER).isPresent());
    RunningConsumer.awaitCaughtUp(admin);
    terminated.destroy();

    assertThat(terminated.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(log).content().contains("stopped; passed over 0 records");
    assertThat(Pictures.contentOf(folder.resolve("quarantine"))).containsAllEntriesOf(before);
    // It has left the group, so that the next one need not wait for it.
    assertThat(members()).isZero();
  }

  @Test
  void aWrongOptionIsAnsweredWithTheRightOnes() throws Exception {
    Path log = folder.resolve("log.txt");

    Process process = process(log, "--quarantines", "x");

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(2);
    assertThat(log).content().contains("usage: QuarantineConsumer --bootstrap HOST:PORT");
  }

  private RunningConsumer run() {
    return RunningConsumer.start(broker.bootstrapServers(), quarantine);
  }

  private Process process(Path log, String... more) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    ProcessBuilder builder =
        new ProcessBuilder(
            java.toString(),
            "-cp",
            System.getProperty("java.class.path"),
            QuarantineConsumer.class.getName(),
            "--bootstrap",
            broker.bootstrapServers(),
            "--quarantine",
            folder.resolve("quarantine").toString());
    builder.command().addAll(List.of(more));
    Files.deleteIfExists(log);
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  private int members() throws Exception {
    return admin
        .describeConsumerGroups(List.of(RunningConsumer.GROUP))
        .all()
        .get()
        .get(RunningConsumer.GROUP)
        .members()
        .size();
  }

  private KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
    Map<String, Object> config = new HashMap<>(more);
    config.put("bootstrap.servers", broker.bootstrapServers());
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private void send(String topic, String key, byte[] value) throws Exception {
    producer.send(record(topic, key, value)).get();
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, String key, byte[] value) {
    return new ProducerRecord<>(topic, key.getBytes(UTF_8), value);
  }

  private static EventPlace place(long offset) {
    return new EventPlace("image-metadata-0", offset);
  }

  private static byte[] unique(long offset) {
    return """
    {"verdict": "unique", "version": 1, "event": "%s"}\
    """
        .formatted(place(offset))
        .getBytes(UTF_8);
  }

  private static byte[] duplicate(long offset) {
    return """
    {"verdict": "duplicate-found", "version": 1, "event": "%s",
     "image": {"source": "https://example.org/1.jpg"},
     "original": {"id": "4002", "kind": "near", "distance": 5}}\
    """
        .formatted(place(offset))
        .getBytes(UTF_8);
  }
}
