package io.twinstream.standalone.chaos;

import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/**
 * Clients of an instance that dies at the one moment at which a transaction alone keeps verdicts
 * from being doubled: they have been sent, and what they were made of is not committed yet. Kafka
 * Streams makes it, by its name in the configuration (KIP-884).
 */
public final class DyingClients implements KafkaClientSupplier {
  /** As a kill would leave it. */
  static final int EXIT_CODE = 137;

  /** So many images of a partition have to be judged, so that there is something to be doubled. */
  private static final int MANY = 20;

  private final KafkaClientSupplier usual = new DefaultKafkaClientSupplier();

  @Override
  public Admin getAdmin(Map<String, Object> config) {
    return usual.getAdmin(config);
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    return usual.getProducer(config);
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer()) {
      @Override
      public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
        boolean judged =
            offsets.entrySet().stream()
                .anyMatch(one ->
                    one.getKey().topic().equals(Chaos.TOPICS.fetchedImages())
                        && one.getValue().offset() >= MANY);
        if (judged) {
          Runtime.getRuntime().halt(EXIT_CODE);
        }
        super.commitSync(offsets);
      }
    };
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
    return usual.getRestoreConsumer(config);
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
    return usual.getGlobalConsumer(config);
  }
}
