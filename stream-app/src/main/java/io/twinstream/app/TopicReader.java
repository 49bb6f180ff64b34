package io.twinstream.app;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a topic from its beginning, {@code read_committed}, in no group. Confined to one thread,
 * but for {@link #wakeup()}.
 */
public final class TopicReader implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final String topic;
  private final List<TopicPartition> partitions;
  private final Map<TopicPartition, Long> starts;
  private Map<TopicPartition, Long> ends;

  private TopicReader(KafkaConsumer<byte[], byte[]> consumer, String topic) {
    this.consumer = consumer;
    this.topic = topic;
    partitions =
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new IllegalStateException("there is no topic %s".formatted(topic));
    }
    consumer.assign(partitions);
    starts = consumer.beginningOffsets(partitions);
    ends = consumer.endOffsets(partitions);
    starts.forEach(consumer::seek);
  }

  /**
   * Ready to read.
   *
   * @throws IllegalStateException if there is no such topic
   * @throws org.apache.kafka.common.KafkaException if the cluster does not answer within 20 s
   */
  public static TopicReader open(String bootstrapServers, String topic) {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                // What has been compacted away, or made anew, is no reason to stop.
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG,
                false,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) TIMEOUT.toMillis(),
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5_000),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    try {
      return new TopicReader(consumer, topic);
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  /**
   * Skips what stands before some offsets.
   *
   * @param offsets by partition; of others everything is skipped
   */
  public void skipTo(Map<Integer, Long> offsets) {
    for (TopicPartition partition : partitions) {
      seek(partition.partition(), offsets.getOrDefault(partition.partition(), Long.MAX_VALUE));
    }
  }

  /**
   * Skips what stands before some offsets.
   *
   * @param offsets by partition; of others nothing is skipped
   */
  public void skipBefore(Map<Integer, Long> offsets) {
    offsets.forEach(this::seek);
  }

  /** The first offsets that were there when it was opened, by partition. */
  public Map<Integer, Long> starts() {
    return byPartition(starts);
  }

  /** Where it ended when it was opened, or extended last, by partition. */
  public Map<Integer, Long> ends() {
    return byPartition(ends);
  }

  private static Map<Integer, Long> byPartition(Map<TopicPartition, Long> offsets) {
    return offsets.entrySet().stream()
        .collect(Collectors.toMap(one -> one.getKey().partition(), Map.Entry::getValue));
  }

  private void seek(int partition, long offset) {
    TopicPartition there = new TopicPartition(topic, partition);
    consumer.seek(there, Math.clamp(offset, starts.get(there), ends.get(there)));
  }

  /** Takes for its end where the topic ends by now. */
  public void extend() {
    ends = consumer.endOffsets(partitions);
  }

  /**
   * Takes for its end what others have taken.
   *
   * @param offsets by partition; what lies beyond the end that is known counts as that
   */
  public void endAt(Map<Integer, Long> offsets) {
    Map<TopicPartition, Long> given = new HashMap<>(ends);
    offsets.forEach((partition, offset) ->
        given.computeIfPresent(
            new TopicPartition(topic, partition), (_, end) -> Math.min(end, offset)));
    ends = given;
  }

  /** Whether all was read that was there when this reader was opened, or extended last. */
  public boolean isAtEnd() {
    return partitions.stream()
        .allMatch(partition -> consumer.position(partition) >= ends.get(partition));
  }

  /**
   * Hands over what there is, also beyond that end.
   *
   * @param wait for it, at most
   */
  public void poll(Duration wait, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    consumer.poll(wait).forEach(each);
  }

  /**
   * Hands over the records of some offsets, as far as they are still there. All other reading is
   * over from then on.
   *
   * @param offsets are used up
   */
  public void recordsAt(
      int partition, NavigableSet<Long> offsets, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    TopicPartition there = new TopicPartition(topic, partition);
    consumer.assign(List.of(there));
    while (!offsets.isEmpty()) {
      consumer.seek(there, offsets.first());
      List<ConsumerRecord<byte[], byte[]>> records = List.of();
      while (records.isEmpty() && consumer.position(there) < ends.get(there)) {
        long from = consumer.position(there);
        records = consumer.poll(TIMEOUT).records(there);
        if (records.isEmpty() && consumer.position(there) == from) {
          throw new TimeoutException("%s: nothing after %s".formatted(there, TIMEOUT));
        }
      }
      records.stream().filter(record -> offsets.contains(record.offset())).forEach(each);
      // What lies before and was not among them has been compacted away.
      offsets.headSet(consumer.position(there)).clear();
    }
  }

  /** How many offsets it has gone through; some have no record. */
  public long done() {
    return partitions.stream()
        .mapToLong(partition -> consumer.position(partition) - starts.get(partition))
        .sum();
  }

  /** How many offsets there were when it was opened, or extended last. */
  public long total() {
    return partitions.stream()
        .mapToLong(partition -> ends.get(partition) - starts.get(partition))
        .sum();
  }

  /** Ends a call that waits in another thread with a {@code WakeupException}. */
  public void wakeup() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
