package io.twinstream.standalone.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinstream.schema.SourceHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What a {@code read_committed} reader finds in a topic of image events. For one thread. */
final class PublishedImages implements AutoCloseable {
  private final KafkaConsumer<String, byte[]> consumer;
  private final List<TopicPartition> partitions;

  PublishedImages(String bootstrapServers, String topic) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
  }

  /** The keys of all events of a source, from the topic's start to its end as of now. */
  List<String> keys(String source) {
    consumer.seekToBeginning(partitions);
    // The end for this isolation level: what an open transaction holds is not in it.
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    List<String> keys = new ArrayList<>();
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
        byte[] name = record.headers().lastHeader(SourceHeaders.SOURCE).value();
        if (new String(name, UTF_8).equals(source)) {
          keys.add(record.key());
        }
      }
    }
    return keys;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
