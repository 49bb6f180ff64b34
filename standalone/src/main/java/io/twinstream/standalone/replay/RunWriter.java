package io.twinstream.standalone.replay;

import io.twinstream.schema.Verdict;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.serde.ImageKeySerde;
import io.twinstream.standalone.operate.KnownTopics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes a run's verdicts, some thousand with how far it is in one transaction: one that is gone on
 * with neither leaves out nor repeats any. For one thread.
 */
final class RunWriter implements AutoCloseable {
  private static final EventCodec<Verdict> VERDICT = EventCodec.json(Verdict.class);
  private static final int TRANSACTION_TIMEOUT_MS = 60_000;
  private static final int LARGE = 20_000;
  private static final Duration LONG = Duration.ofSeconds(5);

  private final KnownTopics known;
  private final Runs runs;
  private final String run;
  private final RunTopics topics;
  private final KafkaProducer<byte[], byte[]> producer;
  private final ConsumerGroupMetadata group;
  private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
  private int unpublished;
  private long begun;

  RunWriter(Runs runs, String run) {
    this.runs = runs;
    this.run = run;
    known = runs.known();
    topics = new RunTopics(runs, run);
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                known.bootstrapServers(),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                runs.group(run),
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                TRANSACTION_TIMEOUT_MS,
                ProducerConfig.LINGER_MS_CONFIG,
                10,
                ProducerConfig.BATCH_SIZE_CONFIG,
                1 << 18,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.ENABLE_METRICS_PUSH_CONFIG,
                false),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    group = groupOf(runs.group(run));
    try {
      producer.initTransactions();
    } catch (KafkaException e) {
      producer.close();
      throw known.unsent(e, "go on with run " + run);
    }
  }

  /** Nobody joins it: it only keeps offsets. */
  private ConsumerGroupMetadata groupOf(String id) {
    try (KafkaConsumer<byte[], byte[]> nobody =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                known.bootstrapServers(),
                ConsumerConfig.GROUP_ID_CONFIG,
                id,
                ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG,
                false),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      return nobody.groupMetadata();
    }
  }

  /** Where to go on, by partition of the log; known once no other writer can write any more. */
  Map<Integer, Long> committed() {
    Map<Integer, Long> offsets = new HashMap<>();
    String log = runs.topics().imageFingerprints();
    known
        .ask(() ->
            runs.admin()
                .listConsumerGroupOffsets(
                    runs.group(run), new ListConsumerGroupOffsetsOptions().requireStable(true))
                .partitionsToOffsetAndMetadata()
                .get())
        .forEach((partition, offset) -> {
          if (partition.topic().equals(log) && offset != null) {
            offsets.put(partition.partition(), offset.offset());
          }
        });
    return offsets;
  }

  /**
   * Writes some, in the transaction that is open or in a new one.
   *
   * @param next where to go on after them, by partition of the log
   */
  void write(List<Verdict> verdicts, Map<Integer, Long> next) {
    try {
      if (unpublished == 0) {
        producer.beginTransaction();
        begun = System.nanoTime();
      }
      for (Verdict verdict : verdicts) {
        // The commit tells if it failed.
        var _ =
            producer.send(
                new ProducerRecord<>(
                    verdict instanceof Verdict.Unique ? topics.unique() : topics.duplicateFound(),
                    ImageKeySerde.write(verdict.image().key()),
                    VERDICT.write(verdict)));
      }
      unpublished += verdicts.size();
      next.forEach((partition, offset) ->
          offsets.put(
              new TopicPartition(runs.topics().imageFingerprints(), partition),
              new OffsetAndMetadata(offset)));
    } catch (KafkaException e) {
      throw known.unsent(e, "go on with run " + run);
    }
  }

  /** Whether what was written should be committed: a transaction costs as much as many verdicts. */
  boolean isDue() {
    return unpublished >= LARGE || System.nanoTime() - begun > LONG.toNanos();
  }

  /** Commits what was written, if anything was. */
  void commit() {
    if (unpublished == 0) {
      return;
    }
    try {
      producer.sendOffsetsToTransaction(offsets, group);
      producer.commitTransaction();
      unpublished = 0;
    } catch (KafkaException e) {
      throw known.unsent(e, "go on with run " + run);
    }
  }

  @Override
  public void close() {
    // An open transaction is aborted by that.
    producer.close();
  }
}
