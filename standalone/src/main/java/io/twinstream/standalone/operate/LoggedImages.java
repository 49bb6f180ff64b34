package io.twinstream.standalone.operate;

import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.FingerprintRecord;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.PerceptualHash;
import io.twinstream.schema.Threshold;
import io.twinstream.schema.ThresholdChange;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.serde.ImageKeySerde;
import io.twinstream.schema.serde.UnreadableEventException;
import io.twinstream.standalone.engine.RefusedException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The fingerprint log, reduced to the last record of each key. In memory is an entry an image,
 * without its fingerprint.
 */
final class LoggedImages {
  private static final EventCodec<FingerprintRecord> LOGGED =
      EventCodec.json(FingerprintRecord.class);
  private static final EventCodec<ThresholdChange> CHANGE = EventCodec.json(ThresholdChange.class);

  private final Map<ImageKey, Last> last = new HashMap<>();
  private final Map<Integer, Long> next = new HashMap<>();
  private final Map<Integer, Threshold> adopted = new HashMap<>();
  // Most images have the same ones.
  private final Map<Set<String>, Set<String>> combinations = new HashMap<>();

  /**
   * @param algorithms of its hashes
   */
  private record Last(int partition, long offset, Set<String> algorithms) {}

  /**
   * Takes the next record.
   *
   * @throws RefusedException if it can't be read
   */
  void read(ConsumerRecord<byte[], byte[]> record) {
    try {
      if (ThresholdChange.isKey(record.key())) {
        adopted.put(record.partition(), CHANGE.read(record.value()).threshold());
        return;
      }
      ImageKey key = ImageKeySerde.read(record.key());
      if (record.value() == null) {
        last.remove(key);
        return;
      }
      FingerprintRecord logged = LOGGED.read(record.value());
      next.merge(record.partition(), logged.position() + 1, Math::max);
      last.put(
          key, new Last(record.partition(), record.offset(), algorithms(logged.fingerprint())));
    } catch (UnreadableEventException e) {
      throw unreadable(record, e);
    }
  }

  private Set<String> algorithms(Fingerprint fingerprint) {
    Set<String> names =
        fingerprint.hashes().stream().map(PerceptualHash::algorithm).collect(Collectors.toSet());
    return combinations.computeIfAbsent(names, Set::copyOf);
  }

  private static RefusedException unreadable(
      ConsumerRecord<byte[], byte[]> record, UnreadableEventException e) {
    return new RefusedException(
        "%s-%d@%d is no record of this build: %s"
            .formatted(record.topic(), record.partition(), record.offset(), e.getMessage()));
  }

  /** How many there are. */
  long size() {
    return last.size();
  }

  /** How many lack a hash. */
  long lacking(String algorithm) {
    return last.values().stream().filter(one -> !one.algorithms.contains(algorithm)).count();
  }

  /** How many have the hash of each algorithm. */
  SortedMap<String, Long> byAlgorithm() {
    SortedMap<String, Long> counts = new TreeMap<>();
    last.values().forEach(one -> one.algorithms.forEach(name -> counts.merge(name, 1L, Long::sum)));
    return counts;
  }

  /** A position that is higher than all in a partition of the log. */
  long nextPosition(int partition) {
    return next.getOrDefault(partition, 0L);
  }

  /** What was adopted last in a partition of the log, by whatever algorithm. */
  Optional<Threshold> adopted(int partition) {
    return Optional.ofNullable(adopted.get(partition));
  }

  /** Whether a record, read once more, is the last of its image. */
  boolean isLast(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null || ThresholdChange.isKey(record.key())) {
      return false;
    }
    Last one = last.get(keyOf(record));
    return one != null && one.partition == record.partition() && one.offset == record.offset();
  }

  /** The key of a record that was read before. */
  static ImageKey keyOf(ConsumerRecord<byte[], byte[]> record) {
    return ImageKeySerde.read(record.key());
  }

  /** The content of a record that was read before, and is none of a removal. */
  static FingerprintRecord contentOf(ConsumerRecord<byte[], byte[]> record) {
    return LOGGED.read(record.value());
  }
}
