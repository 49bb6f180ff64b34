package io.twinstream.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinstream.catalog.ImageRow.Origin;
import io.twinstream.schema.DeadLetter;
import io.twinstream.schema.EventId;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.SourceHeaders;
import io.twinstream.schema.SourceProgress;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.serde.ImageKeySerde;
import io.twinstream.schema.serde.UnreadableEventException;
import io.twinstream.schema.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Fills a {@link Catalog} from the topics, from their beginning, {@code read_committed}. Confined
 * to one thread.
 */
public final class CatalogReader implements AutoCloseable {
  private static final EventCodec<ImageMetadata> IMAGE = EventCodec.json(ImageMetadata.class);
  private static final EventCodec<Verdict> VERDICT = EventCodec.json(Verdict.class);
  private static final EventCodec<SourceProgress> PROGRESS = EventCodec.json(SourceProgress.class);

  private final Topics topics;
  private final Catalog catalog;
  private final Consumer<byte[], byte[]> consumer;
  private final Admin admin;

  /**
   * Ready to read. What connectors said of their progress before this moment is passed over, so
   * that a source counts as complete only when it was read to its end once more.
   *
   * @throws IllegalStateException if a topic is missing
   */
  public CatalogReader(String bootstrapServers, Topics topics, Catalog catalog) {
    this.topics = topics;
    this.catalog = catalog;
    this.admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG,
                false));
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG,
                false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5_000),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    try {
      seek();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void seek() {
    List<TopicPartition> partitions =
        Stream.of(
                topics.imageMetadata(),
                topics.unique(),
                topics.duplicateFound(),
                topics.downloadFailed(),
                topics.deadLetters(),
                topics.sourceProgress())
            .flatMap(topic -> partitionsOf(topic).stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    consumer.seekToEnd(
        partitions.stream()
            .filter(partition -> partition.topic().equals(topics.sourceProgress()))
            .toList());
    // Seeking is lazy; the end meant is the one of now.
    partitions.forEach(consumer::position);
  }

  private List<PartitionInfo> partitionsOf(String topic) {
    List<PartitionInfo> partitions = consumer.partitionsFor(topic);
    if (partitions.isEmpty()) {
      throw new IllegalStateException("there is no topic " + topic);
    }
    return partitions;
  }

  /** Reads what there is, waiting at most so long for it. */
  public void poll(Duration wait) {
    consumer.poll(wait).forEach(this::apply);
  }

  /**
   * Whether everything that the topics hold at this moment was read. What a transaction has written
   * that is still open, or whose end is not yet marked in every topic, is awaited: it may belong to
   * what was read elsewhere.
   *
   * @throws KafkaException if the cluster refuses or does not answer
   */
  public boolean isCaughtUp() {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    consumer.assignment().forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    // The consumer itself would tell the ends of what is committed.
    return endsOf(latest).entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue().offset());
  }

  private Map<TopicPartition, ListOffsetsResultInfo> endsOf(
      Map<TopicPartition, OffsetSpec> partitions) {
    try {
      return admin
          .listOffsets(partitions, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
          .all()
          .get();
    } catch (ExecutionException e) {
      throw new KafkaException("can't tell how much the topics hold", e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private void apply(ConsumerRecord<byte[], byte[]> record) {
    String topic = record.topic();
    if (topic.equals(topics.imageMetadata())) {
      image(record);
    } else if (topic.equals(topics.sourceProgress())) {
      catalog.progress(PROGRESS.read(record.value()));
    } else if (topic.equals(topics.deadLetters())) {
      deadLetter(record);
    } else {
      Verdict verdict = VERDICT.read(record.value());
      if (verdict.run().equals(Verdict.LIVE)) {
        catalog.verdict(verdict);
      }
    }
  }

  private void image(ConsumerRecord<byte[], byte[]> record) {
    try {
      ImageKey key = ImageKeySerde.read(record.key());
      ImageMetadata image = IMAGE.read(record.value());
      if (image == null) {
        catalog.removal(key);
      } else if (image.key().equals(key)) {
        catalog.image(
            eventId(record),
            Instant.ofEpochMilli(record.timestamp()),
            origin(record.headers(), key.toString()),
            image);
      }
      // Else the app finds the same and writes a dead letter, which is read here, too.
    } catch (UnreadableEventException e) {
      // The same.
    }
  }

  private void deadLetter(ConsumerRecord<byte[], byte[]> record) {
    Headers headers = record.headers();
    RejectedRow row =
        new RejectedRow(
            origin(headers, eventId(record).toString()),
            text(headers, DeadLetter.MESSAGE, "it can't be read"),
            record.value() == null ? "" : new String(record.value(), UTF_8),
            Instant.ofEpochMilli(record.timestamp()));
    String topic = text(headers, DeadLetter.TOPIC, "");
    if (topic.isEmpty()) {
      catalog.rejected(row);
    } else {
      catalog.unreadable(
          new EventId(
              topic,
              Integer.parseInt(text(headers, DeadLetter.PARTITION, "0")),
              Long.parseLong(text(headers, DeadLetter.OFFSET, "0"))),
          row);
    }
  }

  private static EventId eventId(ConsumerRecord<byte[], byte[]> record) {
    return new EventId(record.topic(), record.partition(), record.offset());
  }

  private static Origin origin(Headers headers, String placeOfOthers) {
    return new Origin(
        text(headers, SourceHeaders.SOURCE, ""), text(headers, SourceHeaders.PLACE, placeOfOthers));
  }

  private static String text(Headers headers, String name, String absent) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null ? absent : new String(header.value(), UTF_8);
  }

  @Override
  public void close() {
    consumer.close();
    admin.close();
  }
}
