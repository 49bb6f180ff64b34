package io.twinstream.standalone.operate;

import io.twinstream.schema.topic.Topics;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends records in transactions, each begun and committed at once. */
final class TransactionalSender implements AutoCloseable {
  private static final int TRANSACTION_TIMEOUT_MS = 30_000;

  private final KnownTopics known;
  private final String work;
  private final KafkaProducer<byte[], byte[]> producer;

  /** What sends events once more: one a cluster and prefix at a time. */
  static TransactionalSender ofEvents(KnownTopics known, Topics topics) {
    return new TransactionalSender(
        known, topics.applicationId() + "-retry-failed", "send events once more");
  }

  /**
   * Of records of any kind.
   *
   * @param id another sender with the same one ends this one
   * @param work what it does, for whoever is ended
   */
  TransactionalSender(KnownTopics known, String id, String work) {
    this.known = known;
    this.work = work;
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                known.bootstrapServers(),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                id,
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                TRANSACTION_TIMEOUT_MS,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                TRANSACTION_TIMEOUT_MS,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                TRANSACTION_TIMEOUT_MS / 2,
                ProducerConfig.ENABLE_METRICS_PUSH_CONFIG,
                false),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    try {
      producer.initTransactions();
    } catch (KafkaException e) {
      producer.close();
      throw known.unsent(e, work);
    }
  }

  /** Sends all of them or, if it throws, none. */
  void send(Collection<ProducerRecord<byte[], byte[]>> records) {
    if (records.isEmpty()) {
      return;
    }
    try {
      producer.beginTransaction();
      for (ProducerRecord<byte[], byte[]> record : records) {
        // The commit tells if it failed.
        var _ = producer.send(record);
      }
      producer.commitTransaction();
    } catch (KafkaException e) {
      throw known.unsent(e, work);
    }
  }

  @Override
  public void close() {
    // An open transaction is aborted by that.
    producer.close();
  }
}
