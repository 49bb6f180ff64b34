package io.twinstream.match;

import io.twinstream.index.HammingIndex;
import io.twinstream.index.HammingIndex.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Featureless pictures by the digests of their bytes and of their pixels: codes of which none but
 * equal ones are alike.
 */
final class FeaturelessIndex {
  private final IntFunction<HammingIndex> newIndex;
  // For each kind of digest, as images have them.
  private final List<HammingIndex> indexes = new ArrayList<>();
  private long size;

  FeaturelessIndex(IntFunction<HammingIndex> newIndex) {
    this.newIndex = newIndex;
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

    private static long number(IndexedImage image) {
      return image.position() << PREFIX_BITS | image.prefix();
    }
  }

  /** The same for one more thread, as {@link HammingIndex#reader} is. */
  FeaturelessIndex reader() {
    FeaturelessIndex reader = new FeaturelessIndex(newIndex);
    indexes.forEach(index -> reader.indexes.add(index.reader()));
    reader.size = size;
    return reader;
  }

  /** How many pictures are in it. */
  long size() {
    return size;
  }

  void add(IndexedImage image) {
    size++;
    for (int kind = 0; kind < image.digests().size(); kind++) {
      if (kind == indexes.size()) {
        indexes.add(newIndex.apply(IndexedImage.DIGEST_BITS));
      }
      indexes.get(kind).add(image.digests().get(kind), Place.number(image));
    }
  }

  void remove(IndexedImage image) {
    size--;
    for (int kind = 0; kind < image.digests().size(); kind++) {
      indexes.get(kind).remove(image.digests().get(kind), Place.number(image));
    }
  }

  /**
   * Featureless pictures of lower position with equal bytes, and those with equal pixels. What is
   * given as the position of each is the number of its {@link Place}.
   *
   * @param limit how many of each are listed at most
   */
  List<Found> equalBefore(IndexedImage image, int limit) {
    long before = image.position() << Place.PREFIX_BITS;
    List<Found> equal = new ArrayList<>();
    for (int kind = 0; kind < Math.min(image.digests().size(), indexes.size()); kind++) {
      equal.add(indexes.get(kind).search(List.of(image.digests().get(kind)), 0, before, limit));
    }
    return equal;
  }
}
