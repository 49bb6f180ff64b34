package io.twinstream.standalone.replay.diff;

import io.twinstream.standalone.replay.diff.Change.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What a second run of matching changes.
 *
 * @param a the first
 * @param b the second
 * @param same how many images have the same verdict in both
 * @param onlyA how many only the first has judged
 * @param onlyB likewise
 * @param changes all others, by kind; of each first those that are most in doubt
 */
public record Difference(Side a, Side b, long same, long onlyA, long onlyB, List<Change> changes) {
  public Difference {
    changes = List.copyOf(changes);
  }

  /** How many images both have judged. */
  public long both() {
    return same + changes.size();
  }

  /** The changes of a kind. */
  public List<Change> of(Kind kind) {
    return changes.stream().filter(change -> change.kind() == kind).toList();
  }

  /** How many changed images have another picture in one of the runs. */
  public long replaced() {
    return changes.stream().filter(Change::isReplaced).count();
  }

  /** How many changes of a kind there are at each distance. */
  public NavigableMap<Integer, Long> byDistance(Kind kind) {
    NavigableMap<Integer, Long> counts = new TreeMap<>();
    of(kind).forEach(change -> counts.merge(change.distance(), 1L, Long::sum));
    return counts;
  }

  /** How many there are of what, in the order in which a person is told. */
  public Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("images in both", both());
    counts.put("only in " + a.run(), onlyA);
    counts.put("only in " + b.run(), onlyB);
    counts.put("same verdict", same);
    for (Kind kind : Kind.values()) {
      counts.put(kind.title(), (long) of(kind).size());
    }
    if (replaced() > 0) {
      counts.put("of these changed because they have another picture since", replaced());
    }
    return counts;
  }
}
