package io.twinstream.match;

import io.twinstream.schema.BinaryCode;
import io.twinstream.schema.View;
import java.util.List;
import java.util.Map;

/**
 * What of a stored fingerprint goes into the index.
 *
 * @param collection that it is in
 * @param position its place
 * @param codes of the whole picture, always, and of parts; not to be changed any more
 * @param digests of a featureless picture, which is found by nothing else: that of its bytes, and
 *     that of its pixels if it has one; empty of all others
 */
public record IndexedImage(
    String collection, long position, Map<View, BinaryCode> codes, List<BinaryCode> digests) {
  /** The width of digests, in bits. */
  public static final int DIGEST_BITS = 256;

  /** Whether it is found by its digests alone. */
  boolean featureless() {
    return !digests.isEmpty();
  }

  /** The first 16 bits of the code of the whole picture. */
  int prefix() {
    return codes.get(View.WHOLE).prefix16();
  }
}
