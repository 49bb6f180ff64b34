package io.twinstream.standalone.verify;

import io.twinstream.app.TopicReader;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Up to when verdicts may have expired: as old as the first record that is left of a partition
 * whose beginning is gone. Events and verdicts expire by whole segments, not at the same moment.
 */
final class Expiry {
  // Their beginnings are gone, and nothing has been read of them yet.
  private final Set<TopicPartition> cut = new HashSet<>();
  private long until = Long.MIN_VALUE;

  /** Takes in where a topic begins. */
  void opened(String topic, TopicReader reader) {
    reader
        .starts()
        .forEach((partition, start) -> {
          if (start > 0) {
            cut.add(new TopicPartition(topic, partition));
          }
        });
  }

  void read(ConsumerRecord<byte[], byte[]> record) {
    if (cut.remove(new TopicPartition(record.topic(), record.partition()))) {
      until = Math.max(until, record.timestamp());
    }
  }

  /** Whether the verdict on an event of that time, ms since the epoch, may be gone. */
  boolean mayHave(long time) {
    return !cut.isEmpty() || time <= until;
  }
}
