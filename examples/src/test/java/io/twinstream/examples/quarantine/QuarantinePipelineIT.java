package io.twinstream.examples.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinstream.examples.Pictures;
import io.twinstream.examples.RunningTwinstream;
import io.twinstream.examples.TenLineProducer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** From the file to the quarantine and out of it, with all parts real. */
class QuarantinePipelineIT {
  @TempDir private static Path shared;
  private static Pictures pictures;
  private static RunningTwinstream twinstream;
  private static Admin admin;

  @TempDir private Path folder;
  private FileQuarantine quarantine;
  // Of its own for each test, so that tests see none of each other's duplicates.
  private String collection;

  @BeforeAll
  static void start() throws Exception {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    pictures = new Pictures(Files.createDirectories(shared.resolve("pictures")));
    twinstream = RunningTwinstream.start(shared, pictures.folder());
    admin = Admin.create(Map.of("bootstrap.servers", twinstream.bootstrapServers()));
  }

  @AfterAll
  static void stop() {
    admin.close();
    twinstream.close();
    Awaitility.reset();
  }

  @BeforeEach
  void open(TestInfo test) throws Exception {
    collection = "of/" + test.getTestMethod().orElseThrow().getName();
    quarantine = new FileQuarantine(folder);
  }

  @AfterEach
  void forget() throws Exception {
    RunningConsumer.forgetOffsets(admin);
  }

  @Test
  void exactlyTheDuplicatesAreQuarantinedAndNoPictureIsTouched() throws Exception {
    pictures.paint("beach.jpg", 1);
    pictures.paint("beach.png", 1);
    pictures.paint("harbour.jpg", 2);
    Files.copy(pictures.file("beach.jpg"), pictures.file("beach again.jpg"));
    Files.writeString(pictures.file("letter.jpg"), "no picture");
    var before = Pictures.contentOf(pictures.folder());

    try (RunningConsumer consumer = run()) {
      handIn("beach.jpg", "harbour.jpg", "letter.jpg");
      await().until(() -> isReleased("beach.jpg") && isReleased("harbour.jpg"));
      handIn("beach.png", "beach again.jpg");
      await().until(() -> isHeld("beach.png") && isHeld("beach again.jpg"));

      assertThat(consumer.refused()).isZero();
    }

    assertThat(find("beach.png"))
        .get()
        .asInstanceOf(InstanceOfAssertFactories.type(Ruling.Hold.class))
        .satisfies(hold -> {
          assertThat(hold.original()).isEqualTo("beach.jpg");
          assertThat(hold.kind()).isEqualTo("near");
          assertThat(hold.source()).isEqualTo(pictures.address("beach.png"));
        });
    assertThat(find("letter.jpg")).isEmpty();
    assertThat(Pictures.contentOf(pictures.folder())).isEqualTo(before);
  }

  @Test
  void whatIsDeliveredAgainChangesNothing() throws Exception {
    pictures.paint("tower.jpg", 3);
    pictures.paint("tower.png", 3);
    try (RunningConsumer _ = run()) {
      handIn("tower.jpg");
      await().until(() -> isReleased("tower.jpg"));
      handIn("tower.png");
      await().until(() -> isHeld("tower.png"));
      RunningConsumer.awaitCaughtUp(admin);
    }
    var before = Pictures.contentOf(folder);
    RunningConsumer.forgetOffsets(admin);

    try (RunningConsumer consumer = run()) {
      RunningConsumer.awaitCaughtUp(admin);

      assertThat(consumer.output()).isEmpty();
    }
    assertThat(Pictures.contentOf(folder)).isEqualTo(before);
  }

  @Test
  void aDuplicateWhoseOriginalIsGoneIsReleasedWhenItIsHandedInAgain() throws Exception {
    pictures.paint("field.jpg", 4);
    pictures.paint("field.png", 4);
    try (RunningConsumer _ = run()) {
      handIn("field.jpg");
      await().until(() -> isReleased("field.jpg"));
      handIn("field.png");
      await().until(() -> isHeld("field.png"));

      remove("field.jpg");
      awaitRemoval("field.jpg");
      assertThat(isHeld("field.png")).isTrue();

      handIn("field.png");
      await().until(() -> isReleased("field.png"));
    }
    assertThat(pictures.file("field.jpg")).exists();
  }

  @Test
  void aDuplicateThatIsRemovedLeavesTheQuarantine() throws Exception {
    pictures.paint("mill.jpg", 5);
    pictures.paint("mill.png", 5);
    try (RunningConsumer consumer = run()) {
      handIn("mill.jpg");
      await().until(() -> isReleased("mill.jpg"));
      handIn("mill.png");
      await().until(() -> isHeld("mill.png"));

      remove("mill.png");
      await().until(() -> isReleased("mill.png"));

      assertThat(consumer.output()).contains("released").contains("mill.png");
    }
    assertThat(pictures.file("mill.png")).exists();
  }

  private RunningConsumer run() {
    return RunningConsumer.start(twinstream.bootstrapServers(), quarantine);
  }

  private void handIn(String... names) throws Exception {
    List<String> args =
        new ArrayList<>(List.of(twinstream.bootstrapServers(), "image-metadata", collection));
    for (String name : names) {
      args.add(name + "=" + pictures.address(name));
    }
    TenLineProducer.main(args.toArray(String[]::new));
  }

  private void remove(String name) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", twinstream.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(new ProducerRecord<>("image-metadata", key(name), null)).get();
    }
  }

  private String key(String name) {
    return collection.replace("/", "%2F") + "/" + name;
  }

  private Optional<Ruling> find(String name) throws Exception {
    return quarantine.find(key(name));
  }

  private boolean isHeld(String name) throws Exception {
    return find(name).orElse(null) instanceof Ruling.Hold;
  }

  private boolean isReleased(String name) throws Exception {
    return find(name).orElse(null) instanceof Ruling.Release;
  }

  /** Waits until the app says that an image is gone. */
  private void awaitRemoval(String name) {
    try (var consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                twinstream.bootstrapServers(),
                "isolation.level",
                "read_committed"),
            new StringDeserializer(),
            new StringDeserializer())) {
      var partitions =
          consumer.partitionsFor("image-state").stream()
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      await()
          .until(() -> {
            boolean isGone = false;
            for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
              isGone |= record.key().equals(key(name)) && record.value() == null;
            }
            return isGone;
          });
    }
  }
}
