package io.twinstream.match;

import io.twinstream.index.HammingIndex;
import io.twinstream.index.HammingIndex.Neighbour;
import io.twinstream.schema.BinaryCode;
import io.twinstream.schema.View;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * What of one collection can be found: pictures by the hashes of their parts; featureless ones,
 * whose hash means nothing, by their bytes or pixels alone.
 */
final class CollectionIndex {
  private final IntFunction<HammingIndex> newIndex;
  // By view: each part of pictures has an index of its own.
  private final Map<View, HammingIndex> pictures = new EnumMap<>(View.class);
  // By digest, of bytes and of pixels.
  private final Map<String, NavigableMap<Long, BinaryCode>> featureless = new HashMap<>();

  private long size;

  CollectionIndex(IntFunction<HammingIndex> newIndex) {
    this.newIndex = newIndex;
  }

  /** How many images are in it. */
  long size() {
    return size;
  }

  void add(StoredFingerprint stored) {
    size++;
    if (!stored.featureless()) {
      stored
          .codes()
          .forEach((view, code) ->
              pictures
                  .computeIfAbsent(view, _ -> newIndex.apply(code.bits()))
                  .add(code, stored.position()));
      return;
    }
    for (String digest : digests(stored)) {
      featureless
          .computeIfAbsent(digest, _ -> new TreeMap<>())
          .put(stored.position(), stored.code());
    }
  }

  void remove(StoredFingerprint stored) {
    size--;
    if (!stored.featureless()) {
      stored.codes().forEach((view, code) -> pictures.get(view).remove(code, stored.position()));
      return;
    }
    for (String digest : digests(stored)) {
      featureless.computeIfPresent(
          digest,
          (_, places) -> {
            places.remove(stored.position());
            return places.isEmpty() ? null : places;
          });
    }
  }

  /**
   * What is alike and has a lower position, by rising position.
   *
   * @param codes what is looked for: its own code, or that of the picture turned, or of a part
   * @param view whose codes they are compared with
   */
  List<Neighbour> alikeBefore(
      StoredFingerprint stored, List<BinaryCode> codes, View view, int radius) {
    HammingIndex index = pictures.get(view);
    return stored.featureless() || index == null
        ? List.of()
        : index.search(codes, radius, stored.position(), Integer.MAX_VALUE).neighbours();
  }

  /** What is featureless, too, equal, and has a lower position. */
  List<Neighbour> equalBefore(StoredFingerprint stored) {
    if (!stored.featureless()) {
      return List.of();
    }
    NavigableMap<Long, BinaryCode> equal = new TreeMap<>();
    for (String digest : digests(stored)) {
      equal.putAll(
          featureless
              .getOrDefault(digest, Collections.emptyNavigableMap())
              .headMap(stored.position(), false));
    }
    return equal.entrySet().stream()
        .map(place -> new Neighbour(place.getKey(), place.getValue(), 0))
        .toList();
  }

  private static List<String> digests(StoredFingerprint stored) {
    return stored.pixelsSha256().isEmpty()
        ? List.of(stored.sha256())
        : List.of(stored.sha256(), stored.pixelsSha256());
  }
}
