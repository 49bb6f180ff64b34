package io.twinstream.match;

import io.twinstream.index.HammingIndex;
import io.twinstream.index.HammingIndex.Found;
import io.twinstream.index.IndexStats;
import io.twinstream.schema.BinaryCode;
import io.twinstream.schema.View;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;

/**
 * What of one collection can be found: pictures by the hashes of their parts; featureless ones,
 * whose hash means nothing, by their bytes or pixels alone.
 */
final class CollectionIndex {
  private final IntFunction<HammingIndex> newIndex;
  // By view: each part of pictures has an index of its own.
  private final Map<View, HammingIndex> pictures = new EnumMap<>(View.class);
  private final FeaturelessIndex featureless;
  private long size;

  CollectionIndex(IntFunction<HammingIndex> newIndex) {
    this(newIndex, new FeaturelessIndex(newIndex));
  }

  private CollectionIndex(IntFunction<HammingIndex> newIndex, FeaturelessIndex featureless) {
    this.newIndex = newIndex;
    this.featureless = featureless;
  }

  /** The same for one more thread, as {@link HammingIndex#reader} is. */
  CollectionIndex reader() {
    CollectionIndex reader = new CollectionIndex(newIndex, featureless.reader());
    pictures.forEach((view, index) -> reader.pictures.put(view, index.reader()));
    reader.size = size;
    return reader;
  }

  /** How many images are in it. */
  long size() {
    return size;
  }

  void add(IndexedImage image) {
    size++;
    if (image.featureless()) {
      featureless.add(image);
      return;
    }
    image
        .codes()
        .forEach((view, code) ->
            pictures
                .computeIfAbsent(view, _ -> newIndex.apply(code.bits()))
                .add(code, image.position()));
  }

  void remove(IndexedImage image) {
    size--;
    if (image.featureless()) {
      featureless.remove(image);
      return;
    }
    image.codes().forEach((view, code) -> pictures.get(view).remove(code, image.position()));
  }

  /**
   * What is alike.
   *
   * @param codes what is looked for: its own code, or that of the picture turned, or of a part
   * @param view whose codes they are compared with
   * @param before only lower positions count
   * @param limit how many are listed at most, those of the lowest positions
   */
  Found alike(List<BinaryCode> codes, View view, int radius, long before, int limit) {
    HammingIndex index = pictures.get(view);
    return index == null ? new Found(List.of(), 0) : index.search(codes, radius, before, limit);
  }

  /** Those that have equal bytes or pixels. */
  FeaturelessIndex featureless() {
    return featureless;
  }

  void prepare(int radius) {
    pictures.values().forEach(index -> index.prepare(radius));
  }

  /** Tells the state of each index. */
  void stats(BiConsumer<View, IndexStats> taker) {
    pictures.forEach((view, index) -> taker.accept(view, index.stats()));
  }
}
