package io.twinstream.standalone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
  private static final String TOPIC = "letters";

  @TempDir private Path folder;

  @Test
  void whatWasWrittenIsThereAfterARestart() throws Exception {
    Path directory = folder.resolve("new/kafka");
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
      createTopic(broker);
      write(broker, "dear");
      assertThat(broker.failed()).isNotDone();
    }

    try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
      write(broker, "reader");

      assertThat(read(broker, 2)).containsExactly("dear", "reader");
      assertThat(broker.failed()).isNotDone();
    }
  }

  @Test
  void topicsAreNotMadeByAccident() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder);
        KafkaConsumer<String, String> consumer = consumer(broker);
        Admin admin = admin(broker)) {
      assertThat(consumer.partitionsFor(TOPIC)).isEmpty();

      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> admin.describeTopics(List.of(TOPIC)).allTopicNames().get())
          .withCauseInstanceOf(UnknownTopicOrPartitionException.class);
    }
  }

  @Test
  void aFileInPlaceOfItsFolderIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("kafka"), "no folder");

    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> EmbeddedBroker.start(file))
        .withMessageContaining(file.toString());
  }

  private static void createTopic(EmbeddedBroker broker) throws Exception {
    try (Admin admin = admin(broker)) {
      admin
          .createTopics(List.of(new NewTopic(TOPIC, Optional.of(1), Optional.empty())))
          .all()
          .get();
    }
  }

  private static void write(EmbeddedBroker broker, String text) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(new ProducerRecord<>(TOPIC, text)).get();
    }
  }

  private static List<String> read(EmbeddedBroker broker, int count) {
    List<String> texts = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer = consumer(broker)) {
      List<TopicPartition> partitions = List.of(new TopicPartition(TOPIC, 0));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      await()
          .until(() -> {
            consumer.poll(Duration.ofMillis(100)).forEach(record -> texts.add(record.value()));
            return texts.size() >= count;
          });
    }
    return texts;
  }

  private static KafkaConsumer<String, String> consumer(EmbeddedBroker broker) {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", broker.bootstrapServers()),
        new StringDeserializer(),
        new StringDeserializer());
  }

  private static Admin admin(EmbeddedBroker broker) {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }
}
