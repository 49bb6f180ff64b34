package io.twinstream.standalone.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.schema.EventId;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.engine.EmbeddedBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What a data directory's topics hold for a {@code read_committed} reader.
 *
 * @param thumbnails the keys of all records with one, in order
 */
public record Topic(List<EventId> events, List<Verdict> verdicts, List<String> thumbnails) {
  private static final Topics TOPICS = new Topics("");

  public static Topic read(Path data) {
    try (EmbeddedBroker broker = EmbeddedBroker.start(data.resolve("kafka"));
        KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                Map.of(
                    "bootstrap.servers",
                    broker.bootstrapServers(),
                    "isolation.level",
                    "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
      List<EventId> events =
          all(consumer, TOPICS.imageMetadata())
              .map(record -> new EventId(record.topic(), record.partition(), record.offset()))
              .toList();
      List<Verdict> verdicts =
          Stream.of(TOPICS.unique(), TOPICS.duplicateFound(), TOPICS.downloadFailed())
              .flatMap(topic -> all(consumer, topic))
              .map(record -> EventCodec.json(Verdict.class).read(record.value()))
              .toList();
      List<String> thumbnails =
          all(consumer, TOPICS.imageThumbnails())
              .filter(record -> record.value() != null)
              .map(record -> new String(record.key(), StandardCharsets.UTF_8))
              .toList();
      return new Topic(events, verdicts, thumbnails);
    }
  }

  public void assertOneVerdictForEachOf(int number) {
    assertThat(events).hasSize(number);
    assertThat(verdicts).extracting(Verdict::event).containsExactlyInAnyOrderElementsOf(events);
  }

  private static Stream<ConsumerRecord<byte[], byte[]>> all(
      KafkaConsumer<byte[], byte[]> consumer, String topic) {
    TopicPartition partition = new TopicPartition(topic, 0);
    List<TopicPartition> one = List.of(partition);
    consumer.assign(one);
    consumer.seekToBeginning(one);
    // The end for this isolation level: what an open transaction holds is not in it.
    long end = consumer.endOffsets(one).get(partition);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    while (consumer.position(partition) < end) {
      consumer.poll(Duration.ofMillis(100)).forEach(records::add);
    }
    return records.stream();
  }
}
