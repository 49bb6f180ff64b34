package io.twinstream.match;

import io.twinstream.index.HammingIndex;
import io.twinstream.index.HammingIndex.Neighbour;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What of one collection can be found: pictures by their hash; featureless ones, whose hash means
 * nothing, by their bytes alone. (Equal bytes have equal hashes, so the two never meet.)
 */
final class CollectionIndex {
  private final HammingIndex pictures;
  private final Map<String, TreeSet<Long>> featureless = new HashMap<>();

  CollectionIndex(HammingIndex pictures) {
    this.pictures = pictures;
  }

  void add(StoredFingerprint stored) {
    if (stored.featureless()) {
      featureless
          .computeIfAbsent(stored.sha256(), sha256 -> new TreeSet<>())
          .add(stored.position());
    } else {
      pictures.add(stored.code(), stored.position());
    }
  }

  void remove(StoredFingerprint stored) {
    if (stored.featureless()) {
      TreeSet<Long> positions = featureless.get(stored.sha256());
      positions.remove(stored.position());
      if (positions.isEmpty()) {
        featureless.remove(stored.sha256());
      }
    } else {
      pictures.remove(stored.code(), stored.position());
    }
  }

  /** What is alike and has a lower position, by rising position. */
  List<Neighbour> alikeBefore(StoredFingerprint stored, int radius) {
    if (!stored.featureless()) {
      return pictures.within(stored.code(), radius, stored.position());
    }
    return featureless
        .getOrDefault(stored.sha256(), new TreeSet<>())
        .headSet(stored.position())
        .stream()
        .map(position -> new Neighbour(position, stored.code(), 0))
        .toList();
  }
}
