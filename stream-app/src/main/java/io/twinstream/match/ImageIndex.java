package io.twinstream.match;

import io.twinstream.index.HammingIndex;
import io.twinstream.index.IndexStats;
import io.twinstream.schema.View;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * What of the images of one partition can be found, in memory: the same as the rows of its {@link
 * FingerprintStore}, at any time. Confined to one thread at a time.
 */
public final class ImageIndex {
  private final IntFunction<HammingIndex> newIndex;
  private final Map<String, CollectionIndex> collections = new HashMap<>();

  /**
   * An empty index.
   *
   * @param newIndex makes an empty index for codes of the given width in bits
   */
  public ImageIndex(IntFunction<HammingIndex> newIndex) {
    this.newIndex = newIndex;
  }

  /** The index over all that is in a store. */
  public static ImageIndex over(FingerprintStore store, IntFunction<HammingIndex> newIndex) {
    ImageIndex index = new ImageIndex(newIndex);
    store.forEach(index::add);
    return index;
  }

  /** Adds an image whose position is not taken. */
  public void add(IndexedImage image) {
    collections.computeIfAbsent(image.collection(), _ -> new CollectionIndex(newIndex)).add(image);
  }

  /** Takes an image out that is there. */
  void remove(IndexedImage image) {
    CollectionIndex index = collections.get(image.collection());
    index.remove(image);
    if (index.size() == 0) {
      collections.remove(image.collection());
    }
  }

  /** That of one collection, to be read. */
  CollectionIndex of(String collection) {
    CollectionIndex index = collections.get(collection);
    return index == null ? new CollectionIndex(newIndex) : index;
  }

  /** How many images of a collection there are. */
  public long size(String collection) {
    return of(collection).size();
  }

  /** How many images there are in all collections together. */
  public long size() {
    return collections.values().stream().mapToLong(CollectionIndex::size).sum();
  }

  /** How many of all images are found by their bytes or pixels alone. */
  public long featureless() {
    return collections.values().stream().mapToLong(index -> index.featureless().size()).sum();
  }

  /** How many collections there are. */
  public int collections() {
    return collections.size();
  }

  /** Makes now what lookups within that radius would have made bit by bit, in bits. */
  public void prepare(int radius) {
    collections.values().forEach(index -> index.prepare(radius));
  }

  /** The state of what finds each part of pictures, all collections together. */
  public Map<View, IndexStats> stats() {
    Map<View, IndexStats> sums = new EnumMap<>(View.class);
    collections
        .values()
        .forEach(index -> index.stats((view, stats) -> sums.merge(view, stats, IndexStats::plus)));
    return sums;
  }
}
