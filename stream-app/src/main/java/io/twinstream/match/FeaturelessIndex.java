package io.twinstream.match;

import io.twinstream.index.HammingIndex;
import io.twinstream.index.HammingIndex.Found;
import io.twinstream.schema.BinaryCode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Featureless pictures by the digests of their bytes and of their pixels: codes of which none but
 * equal ones are alike.
 */
final class FeaturelessIndex {
  private static final int DIGEST_BITS = 256;

  private final IntFunction<HammingIndex> newIndex;
  private final Map<Digest, HammingIndex> indexes = new EnumMap<>(Digest.class);

  FeaturelessIndex(IntFunction<HammingIndex> newIndex) {
    this.newIndex = newIndex;
  }

  private enum Digest {
    BYTES,
    PIXELS;

    /** Nothing if the image has none. */
    private Optional<BinaryCode> of(StoredFingerprint stored) {
      String hex = this == BYTES ? stored.sha256() : stored.pixelsSha256();
      return hex.isEmpty() ? Optional.empty() : Optional.of(BinaryCode.ofHex(hex, DIGEST_BITS));
    }
  }

  /**
   * Where an image lies: its position, below 2^47, and the first bits of its hash, by which it is
   * filed. Both make one number, and these have the order of positions.
   */
  record Place(long position, int prefix) {
    private static final int PREFIX_BITS = 16;

    static Place of(long number) {
      return new Place(number >>> PREFIX_BITS, (int) number & ((1 << PREFIX_BITS) - 1));
    }

    private static long number(StoredFingerprint stored) {
      return stored.position() << PREFIX_BITS | stored.code().prefix16();
    }
  }

  void add(StoredFingerprint stored) {
    for (Digest kind : Digest.values()) {
      kind.of(stored)
          .ifPresent(digest ->
              indexes
                  .computeIfAbsent(kind, _ -> newIndex.apply(DIGEST_BITS))
                  .add(digest, Place.number(stored)));
    }
  }

  void remove(StoredFingerprint stored) {
    for (Digest kind : Digest.values()) {
      kind.of(stored).ifPresent(digest -> indexes.get(kind).remove(digest, Place.number(stored)));
    }
  }

  /**
   * Featureless pictures of lower position with equal bytes, and those with equal pixels. What is
   * given as the position of each is the number of its {@link Place}.
   *
   * @param limit how many of each are listed at most
   */
  List<Found> equalBefore(StoredFingerprint stored, int limit) {
    long before = stored.position() << Place.PREFIX_BITS;
    return indexes.entrySet().stream()
        .flatMap(one ->
            one.getKey().of(stored).stream()
                .map(digest -> one.getValue().search(List.of(digest), 0, before, limit)))
        .toList();
  }
}
