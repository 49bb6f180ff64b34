package io.twinstream.match;

import io.twinstream.index.HammingIndex.Found;
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
  /**
   * So many are listed by each index. Where one has more of them, only its count is known, and not
   * how many of these others have found, too.
   */
  static final int LISTED = 1000;

  private final int radius;
  private final long before;
  private final int listed;
  private final Map<View, List<Lookup>> lookups = new EnumMap<>(View.class);
  private final NavigableMap<Long, Alike> found = new TreeMap<>();
  private long most;
  private int asked;

  /**
   * @param rank of ways that are equally good the lowest counts
   */
  private record Lookup(int rank, BinaryCode code, Orientation orientation, View view) {}

  /**
   * An image that was found, and the way in which what was looked for is most like it.
   *
   * @param prefix the first 16 bits of the code that was found
   * @param distance in bits
   * @param view the part that was looked up
   * @param matchedView the part of the other that it looks like
   */
  record Alike(
      long position,
      int prefix,
      int distance,
      int rank,
      Orientation orientation,
      View view,
      View matchedView) {
    private Alike orBetter(Alike other) {
      int difference = Integer.compare(other.distance, distance);
      return difference < 0 || (difference == 0 && other.rank < rank) ? other : this;
    }
  }

  /**
   * Nothing is looked up yet.
   *
   * @param before only lower positions count
   * @param listed how many each index lists, {@value #LISTED} for a verdict
   */
  Search(int radius, long before, int listed) {
    this.radius = radius;
    this.before = before;
    this.listed = listed;
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

  /** Finds pictures. */
  void among(CollectionIndex collection) {
    lookups.forEach((view, together) -> {
      List<BinaryCode> codes = together.stream().map(Lookup::code).toList();
      Found alike = collection.alike(codes, view, radius, before, listed);
      most = Math.max(most, alike.count());
      for (Neighbour neighbour : alike.neighbours()) {
        Lookup lookup = together.get(neighbour.asked());
        add(
            new Alike(
                neighbour.position(),
                neighbour.code().prefix16(),
                neighbour.distance(),
                lookup.rank,
                lookup.orientation,
                lookup.view,
                view));
      }
    });
  }

  /** Finds what is equal to a featureless picture. */
  void among(FeaturelessIndex featureless, IndexedImage current) {
    for (Found equal : featureless.equalBefore(current, listed)) {
      most = Math.max(most, equal.count());
      for (Neighbour neighbour : equal.neighbours()) {
        FeaturelessIndex.Place place = FeaturelessIndex.Place.of(neighbour.position());
        add(
            new Alike(
                place.position(),
                place.prefix(),
                0,
                0,
                Orientation.UPRIGHT,
                View.WHOLE,
                View.WHOLE));
      }
    }
  }

  private void add(Alike alike) {
    found.merge(alike.position(), alike, Alike::orBetter);
  }

  /**
   * What was found, by rising position: at least the first {@value #LISTED}, if there are as many.
   */
  Collection<Alike> found() {
    return found.values();
  }

  /**
   * How many there are. If one part alone has more than {@value #LISTED}, it is the number of that
   * part: what others have found besides is not in it.
   */
  long count() {
    return Math.max(most, found.size());
  }
}
