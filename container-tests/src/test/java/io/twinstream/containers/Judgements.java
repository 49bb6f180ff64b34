package io.twinstream.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.schema.EventId;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;

/** What a reader of committed records sees: the events, and the verdicts of each. */
final class Judgements implements AutoCloseable {
  private static final Topics TOPICS = new Topics("");
  private static final EventCodec<Verdict> CODEC = EventCodec.json(Verdict.class);
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Set<EventId> events = new HashSet<>();
  private final Map<EventId, List<Verdict>> verdicts = new HashMap<>();

  private Judgements(KafkaConsumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /** Waits until all topics are there. */
  // The caller closes it.
  @SuppressWarnings("resource")
  static Judgements open(String bootstrapServers, Duration patience) {
    Judgements judgements = new Judgements(reader(bootstrapServers));
    try {
      Awaitility.await()
          .pollInSameThread()
          .atMost(patience)
          .ignoreExceptionsInstanceOf(TimeoutException.class)
          .until(judgements::isAssigned);
      return judgements;
    } catch (RuntimeException e) {
      judgements.close();
      throw e;
    }
  }

  /** Of what is committed. */
  static KafkaConsumer<byte[], byte[]> reader(String bootstrapServers) {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /** A topic that is missing has no partitions; it is no error. */
  private boolean isAssigned() {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic :
        List.of(
            TOPICS.imageMetadata(),
            TOPICS.unique(),
            TOPICS.duplicateFound(),
            TOPICS.downloadFailed())) {
      List<PartitionInfo> found = consumer.partitionsFor(topic);
      if (found.isEmpty()) {
        return false;
      }
      found.forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition())));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return true;
  }

  /** Takes what has come, and says whether that was anything. */
  boolean poll() {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (record.topic().equals(TOPICS.imageMetadata())) {
        events.add(new EventId(record.topic(), record.partition(), record.offset()));
      } else {
        Verdict verdict = CODEC.read(record.value());
        verdicts.computeIfAbsent(verdict.event(), event -> new ArrayList<>()).add(verdict);
      }
    }
    return !records.isEmpty();
  }

  /**
   * Reads until nothing has come for a while, and then to the end: what is given once too often may
   * come late.
   */
  void pollToTheEnd(Duration quiet) {
    long last = System.nanoTime();
    while (System.nanoTime() - last < quiet.toNanos()) {
      if (poll()) {
        last = System.nanoTime();
      }
    }
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (!isAt(consumer, ends)) {
      poll();
    }
  }

  /** Whether it has read all that was there. */
  static boolean isAt(KafkaConsumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  int events() {
    return events.size();
  }

  /** How many events have a verdict. */
  int judged() {
    return verdicts.size();
  }

  /** Reads until so many events have verdicts. */
  void pollUntilJudged(int wanted, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (judged() < wanted) {
      assertThat(System.nanoTime())
          .as("%d of %d events judged", judged(), wanted)
          .isLessThan(deadline);
      poll();
    }
  }

  /** Fails if an event has no verdict or several, or a verdict has no event. */
  void assertExactlyOneVerdictEach() {
    assertThat(verdicts.keySet()).isEqualTo(events);
    assertThat(verdicts.values()).allSatisfy(each -> assertThat(each).hasSize(1));
  }

  /** Every verdict that was given. */
  List<Verdict> all() {
    return verdicts.values().stream().flatMap(Collection::stream).toList();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
