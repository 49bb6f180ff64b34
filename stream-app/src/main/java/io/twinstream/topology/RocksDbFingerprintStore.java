package io.twinstream.topology;

import io.twinstream.match.FingerprintStore;
import io.twinstream.match.IndexedImage;
import io.twinstream.match.StoredFingerprint;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.View;
import io.twinstream.schema.topic.Topics;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Fingerprints in RocksDB, changelogged, in two stores that are laid out as {@link
 * FingerprintLayout} says.
 */
final class RocksDbFingerprintStore implements FingerprintStore {
  static final String FINGERPRINTS = "fingerprints";
  static final String IMAGES = "images";

  private final KeyValueStore<Bytes, byte[]> fingerprints;
  private final KeyValueStore<Bytes, byte[]> images;
  private StoreMark mark;

  /**
   * Over stores of one task.
   *
   * @param algorithm of all codes that are filed
   * @throws RefusedStoreException if what is there was written with another layout or algorithm
   */
  RocksDbFingerprintStore(
      KeyValueStore<Bytes, byte[]> fingerprints,
      KeyValueStore<Bytes, byte[]> images,
      String algorithm) {
    this.fingerprints = fingerprints;
    this.images = images;
    this.mark = mark(fingerprints, algorithm);
  }

  /**
   * What stands besides the rows, and a look at whether these can be used.
   *
   * @throws RefusedStoreException if they were written with another layout or algorithm
   */
  static StoreMark mark(KeyValueStore<Bytes, byte[]> fingerprints, String algorithm) {
    return StoreMark.read(fingerprints.get(FingerprintLayout.MARK), algorithm);
  }

  static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
        .withLoggingEnabled(Topics.changelog())
        .withCachingDisabled();
  }

  @Override
  public Optional<StoredFingerprint> find(ImageKey key) {
    byte[] place = images.get(FingerprintLayout.imageKey(key));
    if (place == null) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(place);
    return Optional.of(at(View.WHOLE, buffer.getShort() & 0xFFFF, buffer.getLong()));
  }

  @Override
  public StoredFingerprint at(View view, int prefix, long position) {
    byte[] row = row(view, prefix, position);
    if (view != View.WHOLE) {
      row = row(View.WHOLE, ByteBuffer.wrap(row).getShort() & 0xFFFF, position);
    }
    return FingerprintRow.read(position, row);
  }

  private byte[] row(View view, int prefix, long position) {
    byte[] row = fingerprints.get(FingerprintLayout.rowKey(view, prefix, position));
    if (row == null) {
      throw new IllegalStateException(
          "position %d is in the index but not in the store".formatted(position));
    }
    return row;
  }

  @Override
  public void put(StoredFingerprint fingerprint) {
    FingerprintLayout.rows(fingerprint, fingerprints::put);
    images.put(FingerprintLayout.imageKey(fingerprint.key()), FingerprintLayout.place(fingerprint));
  }

  @Override
  public void remove(StoredFingerprint fingerprint) {
    fingerprint
        .codes()
        .forEach((view, code) ->
            fingerprints.delete(
                FingerprintLayout.rowKey(view, code.prefix16(), fingerprint.position())));
    images.delete(FingerprintLayout.imageKey(fingerprint.key()));
  }

  @Override
  public long nextPosition() {
    long position = mark.next();
    mark(mark.given());
    return position;
  }

  @Override
  public long peekPosition() {
    return mark.next();
  }

  @Override
  public OptionalInt adoptedRadius() {
    return mark.adoptedRadius();
  }

  @Override
  public void adoptRadius(int radius) {
    mark(mark.adopting(radius));
  }

  private void mark(StoreMark now) {
    mark = now;
    fingerprints.put(FingerprintLayout.MARK, now.write());
  }

  @Override
  public void forEach(Consumer<IndexedImage> action) {
    forEach(fingerprints, action);
  }

  /** Hands them over by the first bits of their codes, then by position. */
  static void forEach(KeyValueStore<Bytes, byte[]> fingerprints, Consumer<IndexedImage> action) {
    CollectionNames collections = new CollectionNames();
    Bytes first = FingerprintLayout.rowKey(View.WHOLE, 0, 0);
    Bytes last = FingerprintLayout.rowKey(View.WHOLE, 0xFFFF, Long.MAX_VALUE);
    try (KeyValueIterator<Bytes, byte[]> rows = fingerprints.range(first, last)) {
      while (rows.hasNext()) {
        var row = rows.next();
        long position =
            ByteBuffer.wrap(row.key.get()).getLong(FingerprintLayout.ROW_KEY_BYTES - Long.BYTES);
        action.accept(FingerprintRow.readIndexed(position, row.value, collections));
      }
    }
  }
}
