package io.twinstream.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinstream.match.FingerprintParts;
import io.twinstream.match.IndexedImage;
import io.twinstream.match.StoredFingerprint;
import io.twinstream.schema.BinaryCode;
import io.twinstream.schema.Orientation;
import io.twinstream.schema.View;
import io.twinstream.schema.serde.ImageKeySerde;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A stored fingerprint as bytes: flags, SHA-256 of bytes, what is flagged, width, code, codes of
 * views if flagged (how many, then of each its view and code), image key.
 */
final class FingerprintRow {
  private static final byte FEATURELESS = 1;
  private static final byte HAS_PIXELS = 2;
  private static final byte MEASURED = 4;
  private static final byte TURNED = 8;
  private static final byte MORE_ALGORITHMS = 16;
  private static final byte HAS_VIEWS = 32;
  private static final int SHA256_BYTES = 32;
  private static final int WAYS = Orientation.values().length;
  private static final String BETWEEN_NAMES = ";";

  private FingerprintRow() {}

  /** Numbers stand in stores, whatever the order in which the code names the views. */
  static byte number(View view) {
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

  static byte[] write(StoredFingerprint fingerprint) {
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

  static StoredFingerprint read(long position, byte[] row) {
    ByteBuffer buffer = ByteBuffer.wrap(row);
    byte flags = buffer.get();
    String sha256 = hex(buffer, SHA256_BYTES);
    String pixelsSha256 = hex(buffer, (flags & HAS_PIXELS) == 0 ? 0 : SHA256_BYTES);
    FingerprintParts parts = parts(buffer, flags);
    Map<View, BinaryCode> codes = codes(buffer, flags);
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

  /** Reads what goes into the index and nothing else, which is several times as fast. */
  static IndexedImage readIndexed(long position, byte[] row, CollectionNames collections) {
    ByteBuffer buffer = ByteBuffer.wrap(row);
    byte flags = buffer.get();
    int digests = (flags & HAS_PIXELS) == 0 ? 1 : 2;
    List<BinaryCode> found = (flags & FEATURELESS) == 0 ? List.of() : digests(buffer, digests);
    int parts = 1 + digests * SHA256_BYTES + ((flags & TURNED) == 0 ? 0 : 1);
    int names = (flags & MORE_ALGORITHMS) == 0 ? 0 : Short.BYTES + buffer.getShort(parts);
    buffer.position(parts + names);
    Map<View, BinaryCode> codes = codes(buffer, flags);
    return new IndexedImage(collections.read(row, buffer.position()), position, codes, found);
  }

  private static List<BinaryCode> digests(ByteBuffer buffer, int count) {
    return IntStream.range(0, count).mapToObj(_ -> code(buffer, 8 * SHA256_BYTES)).toList();
  }

  private static Map<View, BinaryCode> codes(ByteBuffer buffer, byte flags) {
    int bits = buffer.getShort();
    BinaryCode whole = code(buffer, bits);
    if ((flags & HAS_VIEWS) == 0) {
      return Map.of(View.WHOLE, whole);
    }
    Map<View, BinaryCode> codes = new EnumMap<>(View.class);
    codes.put(View.WHOLE, whole);
    for (int left = buffer.get(); left > 0; left--) {
      codes.put(view(buffer.get()), code(buffer, bits));
    }
    return codes;
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
