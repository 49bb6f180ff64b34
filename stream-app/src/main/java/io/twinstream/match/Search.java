package io.twinstream.match;

import io.twinstream.index.HammingIndex.Neighbour;
import io.twinstream.schema.BinaryCode;
import io.twinstream.schema.Orientation;
import io.twinstream.schema.View;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * All lookups for one image. Those among the same codes go through the index together, which reads
 * what it has to read but once. For one thread.
 */
final class Search {
  private final StoredFingerprint current;
  private final int radius;
  private final Map<View, List<Lookup>> lookups = new EnumMap<>(View.class);
  private final NavigableMap<Long, Alike> found = new TreeMap<>();
  private int asked;

  /**
   * @param rank of ways that are equally good the lowest counts
   */
  private record Lookup(int rank, BinaryCode code, Orientation orientation, View view) {}

  /**
   * An image that was found, and the way in which the one that is judged looks most like it.
   *
   * @param view the part that was looked up
   * @param matchedView the part of the other that it looks like
   */
  record Alike(
      Neighbour neighbour, int rank, Orientation orientation, View view, View matchedView) {
    private Alike orBetter(Alike other) {
      int difference = Integer.compare(other.neighbour.distance(), neighbour.distance());
      return difference < 0 || (difference == 0 && other.rank < rank) ? other : this;
    }
  }

  /** For an image, nothing of which is looked up yet. */
  Search(StoredFingerprint current, int radius) {
    this.current = current;
    this.radius = radius;
  }

  /** Looks a part up, as it stands, among all that it is compared with. */
  void look(View view, BinaryCode code) {
    for (View other : View.values()) {
      if (view.isComparedWith(other)) {
        look(new Lookup(asked++, code, Orientation.UPRIGHT, view), other);
      }
    }
  }

  /** Looks all of the picture up, turned, among others as they stand. */
  void look(Orientation orientation, BinaryCode code) {
    look(new Lookup(asked++, code, orientation, View.WHOLE), View.WHOLE);
  }

  private void look(Lookup lookup, View other) {
    lookups.computeIfAbsent(other, _ -> new ArrayList<>()).add(lookup);
  }

  /** What was found, by rising position. */
  Collection<Alike> in(CollectionIndex collection) {
    for (Neighbour equal : collection.equalBefore(current)) {
      add(new Alike(equal, 0, Orientation.UPRIGHT, View.WHOLE, View.WHOLE));
    }
    lookups.forEach((view, together) -> {
      List<BinaryCode> codes = together.stream().map(Lookup::code).toList();
      for (Neighbour neighbour : collection.alikeBefore(current, codes, view, radius)) {
        Lookup lookup = together.get(neighbour.asked());
        add(new Alike(neighbour, lookup.rank, lookup.orientation, lookup.view, view));
      }
    });
    return found.values();
  }

  private void add(Alike alike) {
    found.merge(alike.neighbour.position(), alike, Alike::orBetter);
  }
}
