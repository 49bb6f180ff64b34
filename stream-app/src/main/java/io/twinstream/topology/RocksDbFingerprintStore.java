package io.twinstream.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinstream.match.FingerprintParts;
import io.twinstream.match.FingerprintStore;
import io.twinstream.match.StoredFingerprint;
import io.twinstream.schema.BinaryCode;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.Orientation;
import io.twinstream.schema.View;
import io.twinstream.schema.serde.ImageKeySerde;
import io.twinstream.schema.topic.Topics;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
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
 * width, code, codes of views if flagged (how many, then of each its view and code), image key};
 * for each of those {@code 1, number of its view, first 16 bits, position → first 16 bits of the
 * whole picture's code}; and under the key {@code 0} the version of this layout and the next
 * position. In {@value #IMAGES}: {@code image key → first 16 bits, position}.
 */
final class RocksDbFingerprintStore implements FingerprintStore {
  static final String FINGERPRINTS = "fingerprints";
  static final String IMAGES = "images";

  /** Layout 1 had no parts, and is otherwise the same. */
  private static final byte LAYOUT = 2;

  private static final byte OLDEST_LAYOUT = 1;
  private static final Bytes META = Bytes.wrap(new byte[] {0});
  // Below 0xFF, so that the end of the last prefix is still a prefix.
  private static final byte ROW = 1;
  private static final byte FEATURELESS = 1;
  private static final byte HAS_PIXELS = 2;
  private static final byte MEASURED = 4;
  private static final byte TURNED = 8;
  private static final byte MORE_ALGORITHMS = 16;
  private static final byte HAS_VIEWS = 32;
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
      if (layout < OLDEST_LAYOUT || layout > LAYOUT) {
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
  public StoredFingerprint at(View view, BinaryCode code, long position) {
    if (view == View.WHOLE) {
      return at(code.prefix16(), position);
    }
    byte[] whole = row(view, code.prefix16(), position);
    return at(ByteBuffer.wrap(whole).getShort() & 0xFFFF, position);
  }

  private StoredFingerprint at(int prefix, long position) {
    return read(position, row(View.WHOLE, prefix, position));
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
                view == View.WHOLE ? write(fingerprint) : whole));
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
    fingerprints.put(META, ByteBuffer.allocate(1 + Long.BYTES).put(LAYOUT).putLong(next).array());
    return position;
  }

  @Override
  public void forEach(Consumer<StoredFingerprint> action) {
    Bytes first = rowKey(View.WHOLE, 0, 0);
    Bytes last = rowKey(View.WHOLE, 0xFFFF, Long.MAX_VALUE);
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

  private static Bytes rowKey(View view, int prefix, long position) {
    return Bytes.wrap(
        ByteBuffer.allocate(ROW_KEY_BYTES)
            .put(ROW)
            .put(number(view))
            .putShort((short) prefix)
            .putLong(position)
            .array());
  }

  /** Numbers stand in stores, whatever the order in which the code names the views. */
  private static byte number(View view) {
    return switch (view) {
      case WHOLE -> 0;
      case TRIMMED -> 1;
      case CENTRE_85 -> 2;
      case CENTRE_60 -> 3;
    };
  }

  private static View view(byte number) {
    for (View view : View.values()) {
      if (number(view) == number) {
        return view;
      }
    }
    throw new IllegalStateException("the fingerprint store has a view %d".formatted(number));
  }

  private static byte[] write(StoredFingerprint fingerprint) {
    byte[] code = fingerprint.code().toBytes();
    byte[] pixels = HexFormat.of().parseHex(fingerprint.pixelsSha256());
    byte[] key = ImageKeySerde.write(fingerprint.key());
    byte[] logged = parts(fingerprint.parts());
    int views = fingerprint.codes().size() - 1;
    int flags =
        (fingerprint.featureless() ? FEATURELESS : 0)
            | (pixels.length > 0 ? HAS_PIXELS : 0)
            | (fingerprint.parts().measured() ? MEASURED : 0)
            | (fingerprint.parts().turned().isEmpty() ? 0 : TURNED)
            | (fingerprint.parts().algorithms().isEmpty() ? 0 : MORE_ALGORITHMS)
            | (views > 0 ? HAS_VIEWS : 0);
    int viewBytes = views == 0 ? 0 : 1 + views * (1 + code.length);
    int bytes =
        1 + SHA256_BYTES + pixels.length + logged.length + Short.BYTES + code.length + viewBytes;
    ByteBuffer row =
        ByteBuffer.allocate(bytes + key.length)
            .put((byte) flags)
            .put(HexFormat.of().parseHex(fingerprint.sha256()))
            .put(pixels)
            .put(logged)
            .putShort((short) fingerprint.code().bits())
            .put(code);
    if (views > 0) {
      row.put((byte) views);
      fingerprint
          .codes()
          .forEach((view, part) -> {
            if (view != View.WHOLE) {
              row.put(number(view)).put(part.toBytes());
            }
          });
    }
    return row.put(key).array();
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
    Map<View, BinaryCode> codes = new EnumMap<>(View.class);
    codes.put(View.WHOLE, code(buffer, bits));
    for (int left = (flags & HAS_VIEWS) == 0 ? 0 : buffer.get(); left > 0; left--) {
      codes.put(view(buffer.get()), code(buffer, bits));
    }
    byte[] key = new byte[buffer.remaining()];
    buffer.get(key);
    return new StoredFingerprint(
        ImageKeySerde.read(key),
        position,
        sha256,
        pixelsSha256,
        (flags & FEATURELESS) != 0,
        codes,
        parts);
  }

  private static BinaryCode code(ByteBuffer buffer, int bits) {
    byte[] code = new byte[(bits + 7) / 8];
    buffer.get(code);
    return BinaryCode.ofBytes(code, bits);
  }

  private static String hex(ByteBuffer buffer, int length) {
    byte[] bytes = new byte[length];
    buffer.get(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
