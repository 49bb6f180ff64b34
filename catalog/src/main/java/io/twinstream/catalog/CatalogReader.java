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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
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

  /**
   * Ready to read. What connectors said of their progress before this moment is passed over, so
   * that a source counts as complete only when it was read to its end once more.
   */
  public CatalogReader(String bootstrapServers, Topics topics, Catalog catalog) {
    this.topics = topics;
    this.catalog = catalog;
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
    List<TopicPartition> partitions =
        Stream.of(
                topics.imageMetadata(),
                topics.unique(),
                topics.duplicateFound(),
                topics.downloadFailed(),
                topics.deadLetters(),
                topics.sourceProgress())
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
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

  /** Reads what there is, waiting at most so long for it. */
  public void poll(Duration wait) {
    consumer.poll(wait).forEach(this::apply);
  }

  /** Whether everything that the topics hold at this moment was read. */
  public boolean isCaughtUp() {
    return consumer.endOffsets(consumer.assignment()).entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
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
            new EventId(record.topic(), record.partition(), record.offset()),
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
            origin(headers, record.topic() + "@" + record.offset()),
            text(headers, DeadLetter.MESSAGE, "it can't be read"),
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
  }
}
