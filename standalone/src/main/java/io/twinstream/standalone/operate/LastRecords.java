package io.twinstream.standalone.operate;

import io.twinstream.app.TopicReader;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Finds the last record of a kind in each partition, from the end of the topic backwards: what
 * stands near the end is found at once, however long the topic is.
 */
final class LastRecords {
  private static final long FIRST_SPAN = 1_000;
  private static final int GROWTH = 10;

  private LastRecords() {}

  /**
   * The last ones, by partition; those that have none are left out, and were read as a whole.
   *
   * @param what it is that is read, for the progress
   */
  static Map<Integer, ConsumerRecord<byte[], byte[]>> find(
      KnownTopics known,
      TopicReader reader,
      String what,
      Progress progress,
      Predicate<ConsumerRecord<byte[], byte[]>> kind) {
    Map<Integer, ConsumerRecord<byte[], byte[]>> found = new HashMap<>();
    Map<Integer, Long> from = new HashMap<>(reader.ends());
    for (long span = FIRST_SPAN; !from.isEmpty(); span *= GROWTH) {
      long back = span;
      from.replaceAll((partition, _) ->
          Math.max(reader.starts().get(partition), reader.ends().get(partition) - back));
      reader.skipTo(from);
      known.toEnd(
          reader,
          what,
          progress,
          record -> {
            if (kind.test(record)) {
              found.put(record.partition(), record);
            }
          });
      from.entrySet()
          .removeIf(one ->
              found.containsKey(one.getKey())
                  || one.getValue().equals(reader.starts().get(one.getKey())));
    }
    return found;
  }
}
