package io.twinstream.topology;

import io.twinstream.match.StoredFingerprint;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.View;
import io.twinstream.schema.serde.ImageKeySerde;
import java.nio.ByteBuffer;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;

/**
 * How fingerprints lie in two stores. In the one: {@code 1, number of the view, first 16 bits of
 * the code, position → }{@link FingerprintRow}; for each view but the whole, {@code 1, number of
 * the view, first 16 bits of its code, position → first 16 bits of the whole picture's code}; and
 * under the key {@code 0} the {@link StoreMark}. In the other: {@code image key → first 16 bits,
 * position}.
 */
final class FingerprintLayout {
  static final Bytes MARK = Bytes.wrap(new byte[] {0});
  static final int ROW_KEY_BYTES = 2 + Short.BYTES + Long.BYTES;

  // Below 0xFF, so that the end of the last prefix is still a prefix.
  private static final byte ROW = 1;

  private FingerprintLayout() {}

  /** Hands over each row of a fingerprint in the first store. */
  static void rows(StoredFingerprint fingerprint, BiConsumer<Bytes, byte[]> action) {
    byte[] whole =
        ByteBuffer.allocate(Short.BYTES).putShort((short) fingerprint.code().prefix16()).array();
    fingerprint
        .codes()
        .forEach((view, code) ->
            action.accept(
                rowKey(view, code.prefix16(), fingerprint.position()),
                view == View.WHOLE ? FingerprintRow.write(fingerprint) : whole));
  }

  static Bytes rowKey(View view, int prefix, long position) {
    return Bytes.wrap(
        ByteBuffer.allocate(ROW_KEY_BYTES)
            .put(ROW)
            .put(FingerprintRow.number(view))
            .putShort((short) prefix)
            .putLong(position)
            .array());
  }

  /** Its key in the second store. */
  static Bytes imageKey(ImageKey key) {
    return Bytes.wrap(ImageKeySerde.write(key));
  }

  /** What stands there. */
  static byte[] place(StoredFingerprint fingerprint) {
    return ByteBuffer.allocate(Short.BYTES + Long.BYTES)
        .putShort((short) fingerprint.code().prefix16())
        .putLong(fingerprint.position())
        .array();
  }
}
