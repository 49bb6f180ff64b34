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
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a reader of committed records sees: the events, and the verdicts of each. */
final class Judgements implements AutoCloseable {
  private static final Topics TOPICS = new Topics("");
  private static final EventCodec<Verdict> CODEC = EventCodec.json(Verdict.class);
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Set<EventId> events = new HashSet<>();
  private final Map<EventId, List<Verdict>> verdicts = new HashMap<>();

  /** Of topics that are there. */
  Judgements(String bootstrapServers) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        Stream.of(
                TOPICS.imageMetadata(),
                TOPICS.unique(),
                TOPICS.duplicateFound(),
                TOPICS.downloadFailed())
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Takes what has come. */
  void poll() {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      if (record.topic().equals(TOPICS.imageMetadata())) {
        events.add(new EventId(record.topic(), record.partition(), record.offset()));
      } else {
        Verdict verdict = CODEC.read(record.value());
        verdicts.computeIfAbsent(verdict.event(), event -> new ArrayList<>()).add(verdict);
      }
    }
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
