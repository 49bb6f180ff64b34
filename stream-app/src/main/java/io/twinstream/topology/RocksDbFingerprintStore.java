package io.twinstream.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinstream.match.FingerprintStore;
import io.twinstream.match.IndexedImage;
import io.twinstream.match.StoredFingerprint;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.View;
import io.twinstream.schema.serde.ImageKeySerde;
import io.twinstream.schema.topic.Topics;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Fingerprints in RocksDB, changelogged, in two stores. In {@value #FINGERPRINTS}: {@code 1, number
 * of the view, first 16 bits of the code, position → }{@link FingerprintRow}; for each view but the
 * whole, {@code 1, number of the view, first 16 bits of its code, position → first 16 bits of the
 * whole picture's code}; and under the key {@code 0} the version of this layout, the next position
 * and the algorithm of all codes. In {@value #IMAGES}: {@code image key → first 16 bits, position}.
 */
final class RocksDbFingerprintStore implements FingerprintStore {
  static final String FINGERPRINTS = "fingerprints";
  static final String IMAGES = "images";

  /** Layout 1 had no parts, and 2 no algorithm; else they are the same. */
  private static final byte LAYOUT = 3;

  private static final byte OLDEST_LAYOUT = 1;

  /** What all codes of layout 1 are of. Layout 2 was written by builds with different defaults. */
  private static final String FIRST_ALGORITHM = "PerceptiveHash(256)";

  private static final Bytes META = Bytes.wrap(new byte[] {0});
  // Below 0xFF, so that the end of the last prefix is still a prefix.
  private static final byte ROW = 1;
  private static final int ROW_KEY_BYTES = 2 + Short.BYTES + Long.BYTES;

  private final KeyValueStore<Bytes, byte[]> fingerprints;
  private final KeyValueStore<Bytes, byte[]> images;
  private final byte[] algorithm;
  private long next;

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
    this.algorithm = algorithm.getBytes(UTF_8);
    this.next = nextPosition(fingerprints, algorithm);
  }

  /**
   * The next position, and a look at whether the rows can be used.
   *
   * @throws RefusedStoreException if they were written with another layout or algorithm
   */
  static long nextPosition(KeyValueStore<Bytes, byte[]> fingerprints, String algorithm) {
    byte[] bytes = fingerprints.get(META);
    if (bytes == null) {
      return 0;
    }
    ByteBuffer meta = ByteBuffer.wrap(bytes);
    byte layout = meta.get();
    if (layout < OLDEST_LAYOUT || layout > LAYOUT) {
      throw new RefusedStoreException(
          "the fingerprint store has layout %d, this build reads %d".formatted(layout, LAYOUT));
    }
    long next = meta.getLong();
    String stored =
        switch (layout) {
          case 1 -> FIRST_ALGORITHM;
          case 2 -> algorithm;
          default -> UTF_8.decode(meta).toString();
        };
    if (!stored.equals(algorithm)) {
      throw new RefusedStoreException(
          ("the stored fingerprints are matched by %s, and this instance was told to match by %s;"
                  + " start it with --algorithm \"%s\", or with another --prefix for topics and"
                  + " stores of its own")
              .formatted(stored, algorithm, stored));
    }
    return next;
  }

  static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
        .withLoggingEnabled(Topics.compacted())
        .withCachingDisabled();
  }

  @Override
  public Optional<StoredFingerprint> find(ImageKey key) {
    byte[] place = images.get(imageKey(key));
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
    byte[] row = fingerprints.get(rowKey(view, prefix, position));
    if (row == null) {
      throw new IllegalStateException(
          "position %d is in the index but not in the store".formatted(position));
    }
    return row;
  }

  @Override
  public void put(StoredFingerprint fingerprint) {
    int prefix = fingerprint.code().prefix16();
    byte[] whole = ByteBuffer.allocate(Short.BYTES).putShort((short) prefix).array();
    fingerprint
        .codes()
        .forEach((view, code) ->
            fingerprints.put(
                rowKey(view, code.prefix16(), fingerprint.position()),
                view == View.WHOLE ? FingerprintRow.write(fingerprint) : whole));
    images.put(
        imageKey(fingerprint.key()),
        ByteBuffer.allocate(Short.BYTES + Long.BYTES)
            .putShort((short) prefix)
            .putLong(fingerprint.position())
            .array());
  }

  @Override
  public void remove(StoredFingerprint fingerprint) {
    fingerprint
        .codes()
        .forEach((view, code) ->
            fingerprints.delete(rowKey(view, code.prefix16(), fingerprint.position())));
    images.delete(imageKey(fingerprint.key()));
  }

  @Override
  public long nextPosition() {
    long position = next++;
    fingerprints.put(
        META,
        ByteBuffer.allocate(1 + Long.BYTES + algorithm.length)
            .put(LAYOUT)
            .putLong(next)
            .put(algorithm)
            .array());
    return position;
  }

  @Override
  public void forEach(Consumer<IndexedImage> action) {
    forEach(fingerprints, action);
  }

  /** Hands them over by the first bits of their codes, then by position. */
  static void forEach(KeyValueStore<Bytes, byte[]> fingerprints, Consumer<IndexedImage> action) {
    CollectionNames collections = new CollectionNames();
    Bytes first = rowKey(View.WHOLE, 0, 0);
    Bytes last = rowKey(View.WHOLE, 0xFFFF, Long.MAX_VALUE);
    try (KeyValueIterator<Bytes, byte[]> rows = fingerprints.range(first, last)) {
      while (rows.hasNext()) {
        var row = rows.next();
        long position = ByteBuffer.wrap(row.key.get()).getLong(ROW_KEY_BYTES - Long.BYTES);
        action.accept(FingerprintRow.readIndexed(position, row.value, collections));
      }
    }
  }

  private static Bytes imageKey(ImageKey key) {
    return Bytes.wrap(ImageKeySerde.write(key));
  }

  private static Bytes rowKey(View view, int prefix, long position) {
    return Bytes.wrap(
        ByteBuffer.allocate(ROW_KEY_BYTES)
            .put(ROW)
            .put(FingerprintRow.number(view))
            .putShort((short) prefix)
            .putLong(position)
            .array());
  }
}
