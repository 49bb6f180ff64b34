package io.twinstream.match;

import io.twinstream.index.HammingIndex;
import io.twinstream.index.HammingIndex.Neighbour;
import io.twinstream.schema.BinaryCode;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What of one collection can be found: pictures by their hash; featureless ones, whose hash means
 * nothing, by their bytes or pixels alone. (Equal bytes have equal hashes, so the two never meet.)
 */
final class CollectionIndex {
  private final HammingIndex pictures;
  // By digest, of bytes and of pixels.
  private final Map<String, NavigableMap<Long, BinaryCode>> featureless = new HashMap<>();

  CollectionIndex(HammingIndex pictures) {
    this.pictures = pictures;
  }

  void add(StoredFingerprint stored) {
    if (!stored.featureless()) {
      pictures.add(stored.code(), stored.position());
      return;
    }
    for (String digest : digests(stored)) {
      featureless
          .computeIfAbsent(digest, _ -> new TreeMap<>())
          .put(stored.position(), stored.code());
    }
  }

  void remove(StoredFingerprint stored) {
    if (!stored.featureless()) {
      pictures.remove(stored.code(), stored.position());
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
   * @param code the code that is looked for: its own, or that of the picture turned
   */
  List<Neighbour> alikeBefore(StoredFingerprint stored, BinaryCode code, int radius) {
    if (!stored.featureless()) {
      return pictures.within(code, radius, stored.position());
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
