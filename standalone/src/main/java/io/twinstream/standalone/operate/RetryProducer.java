package io.twinstream.standalone.operate;

import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.engine.BrokenException;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends events in transactions, each begun and committed at once. */
final class RetryProducer implements AutoCloseable {
  private static final int TRANSACTION_TIMEOUT_MS = 30_000;

  private final KnownTopics known;
  private final KafkaProducer<byte[], byte[]> producer;

  /** One a cluster and prefix at a time: another one ends this one. */
  RetryProducer(KnownTopics known, Topics topics) {
    this.known = known;
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                known.bootstrapServers(),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                topics.applicationId() + "-retry-failed",
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
      throw explained(e);
    }
  }

  /** Sends all of them or, if it throws, none. */
  void send(Collection<ProducerRecord<byte[], byte[]>> events) {
    if (events.isEmpty()) {
      return;
    }
    try {
      producer.beginTransaction();
      for (ProducerRecord<byte[], byte[]> event : events) {
        // The commit tells if it failed.
        var _ = producer.send(event);
      }
      producer.commitTransaction();
    } catch (KafkaException e) {
      throw explained(e);
    }
  }

  private BrokenException explained(KafkaException e) {
    return e instanceof ProducerFencedException || e instanceof InvalidProducerEpochException
        ? new BrokenException("somebody else has begun to try failed images again", e)
        : known.unanswered(e);
  }

  @Override
  public void close() {
    // An open transaction is aborted by that.
    producer.close();
  }
}
