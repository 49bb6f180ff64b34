package io.twinstream.containers;

import static java.util.Comparator.comparingLong;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.twinstream.schema.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** The instances of the app, as their consumer group knows them. */
final class AppGroup implements AutoCloseable {
  private static final String GROUP = "twinstream";
  private static final Duration POLL = Duration.ofMillis(100);

  private final String bootstrapServers;
  private final Admin admin;

  AppGroup(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
    admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  /**
   * The network address of the instance that matches. All pictures are of one collection, so one
   * partition of the matcher has all the work.
   */
  String matcher() {
    TopicPartition busy = busiest(new Topics("").fetchedImages());
    return get(admin.describeConsumerGroups(List.of(GROUP)).all()).get(GROUP).members().stream()
        .filter(member -> member.assignment().topicPartitions().contains(busy))
        .map(MemberDescription::host)
        .map(host -> host.substring(host.indexOf('/') + 1))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nobody has " + busy));
  }

  private TopicPartition busiest(String topic) {
    Map<TopicPartition, OffsetSpec> ends =
        get(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic).partitions().stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .collect(toMap(identity(), partition -> OffsetSpec.latest()));
    return get(admin.listOffsets(ends).all()).entrySet().stream()
        .max(comparingLong(end -> end.getValue().offset()))
        .orElseThrow()
        .getKey();
  }

  /** Whether no record is left that the app has yet to take; marks of transactions are none. */
  boolean hasTakenAll() {
    Map<TopicPartition, OffsetAndMetadata> taken =
        get(admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata());
    try (KafkaConsumer<byte[], byte[]> consumer = Judgements.reader(bootstrapServers)) {
      consumer.assign(taken.keySet());
      taken.forEach(consumer::seek);
      Map<TopicPartition, Long> ends = consumer.endOffsets(taken.keySet());
      while (!Judgements.isAt(consumer, ends)) {
        if (!consumer.poll(POLL).isEmpty()) {
          return false;
        }
      }
      return true;
    }
  }

  private static <T> T get(KafkaFuture<T> answer) {
    return answer.toCompletionStage().toCompletableFuture().join();
  }

  @Override
  public void close() {
    admin.close();
  }
}
