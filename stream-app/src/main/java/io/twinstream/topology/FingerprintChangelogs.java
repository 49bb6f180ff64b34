package io.twinstream.topology;

import io.twinstream.match.StoredFingerprint;
import io.twinstream.schema.FingerprintRecord;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.Threshold;
import io.twinstream.schema.topic.Topics;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What the changelogs of the matcher's stores have to hold, for whoever writes them anew. A store
 * that is restored is what its changelog says; a mark in it, one a partition, tells whether it can
 * be used. This is an internal form: it is written by the release that reads it and by nobody else.
 */
public final class FingerprintChangelogs {
  private final String fingerprints;
  private final String images;

  /** Of the app with these topics. */
  public FingerprintChangelogs(Topics topics) {
    fingerprints = changelog(topics, RocksDbFingerprintStore.FINGERPRINTS);
    images = changelog(topics, RocksDbFingerprintStore.IMAGES);
  }

  private static String changelog(Topics topics, String store) {
    return "%s-%s-changelog".formatted(topics.applicationId(), store);
  }

  /** The topic of the fingerprints' rows and of the marks. */
  public String fingerprints() {
    return fingerprints;
  }

  /** The topic of the images' places. */
  public String images() {
    return images;
  }

  /** Whether a record of {@link #fingerprints} is the partition's mark. */
  public static boolean isMark(byte[] key) {
    return Arrays.equals(key, FingerprintLayout.MARK.get());
  }

  /** Whether a mark says that the rows are not all there. */
  public static boolean isBeingRebuilt(byte[] mark) {
    return StoreMark.isBeingRebuilt(mark);
  }

  /** The next position that a mark tells; empty if a newer build wrote it. */
  public static OptionalLong nextPosition(byte[] mark) {
    return StoreMark.next(mark);
  }

  /** The algorithm of all codes, by a mark; empty if it doesn't tell. */
  public static Optional<String> algorithm(byte[] mark) {
    return StoreMark.read(mark).map(StoreMark::algorithm);
  }

  /** Whether a mark says that a radius was adopted. */
  public static boolean isAdopted(byte[] mark) {
    return StoreMark.read(mark).filter(it -> it.adopted() != StoreMark.NONE).isPresent();
  }

  /** The mark of a store that no instance may use, of any build. */
  public ProducerRecord<byte[], byte[]> beingRebuilt(int partition, long next, String algorithm) {
    return mark(partition, StoreMark.beingRebuilt(next, algorithm));
  }

  /** The mark of a store whose rows are all there. */
  public ProducerRecord<byte[], byte[]> complete(int partition, long next, String algorithm) {
    return mark(partition, new StoreMark(next, algorithm, StoreMark.NONE).write());
  }

  /** The same where a radius was adopted. */
  public ProducerRecord<byte[], byte[]> complete(int partition, long next, Threshold adopted) {
    return mark(partition, new StoreMark(next, adopted.algorithm(), adopted.radius()).write());
  }

  /**
   * A mark that was read, with another next position unless a newer build wrote it.
   *
   * @param mark is not changed
   */
  public ProducerRecord<byte[], byte[]> mark(int partition, byte[] mark, long next) {
    return mark(partition, StoreMark.withNext(mark, next));
  }

  /** Takes the mark out. */
  public ProducerRecord<byte[], byte[]> noMark(int partition) {
    return mark(partition, null);
  }

  private ProducerRecord<byte[], byte[]> mark(int partition, byte[] mark) {
    return new ProducerRecord<>(fingerprints, partition, FingerprintLayout.MARK.get(), mark);
  }

  /**
   * Hands over what there has to be of an image.
   *
   * @param logged the last record of its key in the fingerprint log
   * @param algorithm by which is matched
   * @throws IllegalArgumentException if the fingerprint lacks its hash
   */
  public void rows(
      int partition,
      ImageKey key,
      FingerprintRecord logged,
      String algorithm,
      Consumer<ProducerRecord<byte[], byte[]>> action) {
    StoredFingerprint stored =
        StoredFingerprint.of(
            key,
            logged.position(),
            logged.fingerprint(),
            algorithm,
            logged
                .fingerprint()
                .codes(algorithm)
                .orElseThrow(
                    () -> new IllegalArgumentException("%s has no %s".formatted(key, algorithm)))
                .upright());
    FingerprintLayout.rows(
        stored,
        (row, value) ->
            action.accept(new ProducerRecord<>(fingerprints, partition, row.get(), value)));
    action.accept(
        new ProducerRecord<>(
            images,
            partition,
            FingerprintLayout.imageKey(key).get(),
            FingerprintLayout.place(stored)));
  }
}
