package io.twinstream.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinstream.match.FingerprintParts;
import io.twinstream.match.FingerprintStore;
import io.twinstream.match.StoredFingerprint;
import io.twinstream.schema.BinaryCode;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.Orientation;
import io.twinstream.schema.serde.ImageKeySerde;
import io.twinstream.schema.topic.Topics;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Fingerprints in RocksDB, changelogged, in two stores. In {@value #FINGERPRINTS}: {@code 1, number
 * of the code, first 16 bits of the code, position → flags, SHA-256 of bytes, what is flagged,
 * width, code, image key}, and under the key {@code 0} the version of this layout and the next
 * position. In {@value #IMAGES}: {@code image key → first 16 bits, position}.
 */
final class RocksDbFingerprintStore implements FingerprintStore {
  static final String FINGERPRINTS = "fingerprints";
  static final String IMAGES = "images";

  private static final byte LAYOUT = 1;
  private static final Bytes META = Bytes.wrap(new byte[] {0});
  // Below 0xFF, so that the end of the last prefix is still a prefix.
  private static final byte ROW = 1;
  private static final byte FIRST_CODE = 0;
  private static final byte FEATURELESS = 1;
  private static final byte HAS_PIXELS = 2;
  private static final byte MEASURED = 4;
  private static final byte TURNED = 8;
  private static final byte MORE_ALGORITHMS = 16;
  private static final int SHA256_BYTES = 32;
  private static final int WAYS = Orientation.values().length;
  private static final String BETWEEN_NAMES = ";";
  private static final int ROW_KEY_BYTES = 2 + Short.BYTES + Long.BYTES;

  private final KeyValueStore<Bytes, byte[]> fingerprints;
  private final KeyValueStore<Bytes, byte[]> images;
  private long next;

  /**
   * Over stores of one task.
   *
   * @throws IllegalStateException if they were written with another layout
   */
  RocksDbFingerprintStore(
      KeyValueStore<Bytes, byte[]> fingerprints, KeyValueStore<Bytes, byte[]> images) {
    this.fingerprints = fingerprints;
    this.images = images;
    byte[] meta = fingerprints.get(META);
    if (meta != null) {
      ByteBuffer buffer = ByteBuffer.wrap(meta);
      byte layout = buffer.get();
      if (layout != LAYOUT) {
        throw new IllegalStateException(
            "the fingerprint store has layout %d, this build reads %d".formatted(layout, LAYOUT));
      }
      next = buffer.getLong();
    }
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
    return Optional.of(at(buffer.getShort() & 0xFFFF, buffer.getLong()));
  }

  @Override
  public StoredFingerprint at(BinaryCode code, long position) {
    return at(code.prefix16(), position);
  }

  private StoredFingerprint at(int prefix, long position) {
    byte[] row = fingerprints.get(rowKey(prefix, position));
    if (row == null) {
      throw new IllegalStateException(
          "position %d is in the index but not in the store".formatted(position));
    }
    return read(position, row);
  }

  @Override
  public void put(StoredFingerprint fingerprint) {
    int prefix = fingerprint.code().prefix16();
    fingerprints.put(rowKey(prefix, fingerprint.position()), write(fingerprint));
    images.put(
        imageKey(fingerprint.key()),
        ByteBuffer.allocate(Short.BYTES + Long.BYTES)
            .putShort((short) prefix)
            .putLong(fingerprint.position())
            .array());
  }

  @Override
  public void remove(StoredFingerprint fingerprint) {
    fingerprints.delete(rowKey(fingerprint.code().prefix16(), fingerprint.position()));
    images.delete(imageKey(fingerprint.key()));
  }

  @Override
  public long nextPosition() {
    long position = next++;
    fingerprints.put(META, ByteBuffer.allocate(1 + Long.BYTES).put(LAYOUT).putLong(next).array());
    return position;
  }

  @Override
  public void forEach(Consumer<StoredFingerprint> action) {
    Bytes first = rowKey(0, 0);
    Bytes last = rowKey(0xFFFF, Long.MAX_VALUE);
    try (KeyValueIterator<Bytes, byte[]> rows = fingerprints.range(first, last)) {
      while (rows.hasNext()) {
        var row = rows.next();
        long position = ByteBuffer.wrap(row.key.get()).getLong(ROW_KEY_BYTES - Long.BYTES);
        action.accept(read(position, row.value));
      }
    }
  }

  private static Bytes imageKey(ImageKey key) {
    return Bytes.wrap(ImageKeySerde.write(key));
  }

  private static Bytes rowKey(int prefix, long position) {
    return Bytes.wrap(
        ByteBuffer.allocate(ROW_KEY_BYTES)
            .put(ROW)
            .put(FIRST_CODE)
            .putShort((short) prefix)
            .putLong(position)
            .array());
  }

  private static byte[] write(StoredFingerprint fingerprint) {
    byte[] code = fingerprint.code().toBytes();
    byte[] pixels = HexFormat.of().parseHex(fingerprint.pixelsSha256());
    byte[] key = ImageKeySerde.write(fingerprint.key());
    byte[] parts = parts(fingerprint.parts());
    int flags =
        (fingerprint.featureless() ? FEATURELESS : 0)
            | (pixels.length > 0 ? HAS_PIXELS : 0)
            | (fingerprint.parts().measured() ? MEASURED : 0)
            | (fingerprint.parts().turned().isEmpty() ? 0 : TURNED)
            | (fingerprint.parts().algorithms().isEmpty() ? 0 : MORE_ALGORITHMS);
    return ByteBuffer.allocate(
            1
                + SHA256_BYTES
                + pixels.length
                + parts.length
                + Short.BYTES
                + code.length
                + key.length)
        .put((byte) flags)
        .put(HexFormat.of().parseHex(fingerprint.sha256()))
        .put(pixels)
        .put(parts)
        .putShort((short) fingerprint.code().bits())
        .put(code)
        .put(key)
        .array();
  }

  /**
   * If there are any: a bit for each way, by its Exif value; the length of the names; the names.
   */
  private static byte[] parts(FingerprintParts parts) {
    byte[] names = String.join(BETWEEN_NAMES, parts.algorithms()).getBytes(UTF_8);
    ByteBuffer buffer = ByteBuffer.allocate(1 + Short.BYTES + names.length);
    if (!parts.turned().isEmpty()) {
      int ways = 0;
      for (int value = 1; value <= WAYS; value++) {
        ways |= parts.turned().contains(Orientation.ofExif(value)) ? 1 << (value - 1) : 0;
      }
      buffer.put((byte) ways);
    }
    if (names.length > 0) {
      buffer.putShort((short) names.length).put(names);
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  private static FingerprintParts parts(ByteBuffer buffer, int flags) {
    int ways = (flags & TURNED) == 0 ? 0 : buffer.get();
    byte[] names = new byte[(flags & MORE_ALGORITHMS) == 0 ? 0 : buffer.getShort()];
    buffer.get(names);
    return new FingerprintParts(
        (flags & MEASURED) != 0,
        IntStream.rangeClosed(1, WAYS)
            .filter(value -> (ways & 1 << (value - 1)) != 0)
            .mapToObj(Orientation::ofExif)
            .collect(Collectors.toSet()),
        names.length == 0 ? Set.of() : Set.of(new String(names, UTF_8).split(BETWEEN_NAMES, -1)));
  }

  private static StoredFingerprint read(long position, byte[] row) {
    ByteBuffer buffer = ByteBuffer.wrap(row);
    byte flags = buffer.get();
    String sha256 = hex(buffer, SHA256_BYTES);
    String pixelsSha256 = hex(buffer, (flags & HAS_PIXELS) == 0 ? 0 : SHA256_BYTES);
    FingerprintParts parts = parts(buffer, flags);
    int bits = buffer.getShort();
    byte[] code = new byte[(bits + 7) / 8];
    buffer.get(code);
    byte[] key = new byte[buffer.remaining()];
    buffer.get(key);
    return new StoredFingerprint(
        ImageKeySerde.read(key),
        position,
        sha256,
        pixelsSha256,
        (flags & FEATURELESS) != 0,
        BinaryCode.ofBytes(code, bits),
        parts);
  }

  private static String hex(ByteBuffer buffer, int length) {
    byte[] bytes = new byte[length];
    buffer.get(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
