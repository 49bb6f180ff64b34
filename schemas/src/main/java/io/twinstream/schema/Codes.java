package io.twinstream.schema;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The codes of one picture under one algorithm.
 *
 * @param upright of the whole picture, always, and of its parts
 * @param turned of the whole picture turned and mirrored
 */
public record Codes(Map<View, BinaryCode> upright, Map<Orientation, BinaryCode> turned) {
  public Codes {
    Map<View, BinaryCode> views = new EnumMap<>(View.class);
    views.putAll(upright);
    upright = Collections.unmodifiableMap(views);
    Map<Orientation, BinaryCode> ways = new EnumMap<>(Orientation.class);
    ways.putAll(turned);
    turned = Collections.unmodifiableMap(ways);
  }

  /** That of the whole picture as it stands. */
  public BinaryCode whole() {
    return upright.get(View.WHOLE);
  }

  /** The same without those of other parts and of other orientations than these. */
  public Codes only(Collection<Orientation> ways, Collection<View> parts) {
    Map<View, BinaryCode> views = new EnumMap<>(upright);
    views.keySet().removeIf(view -> view != View.WHOLE && !parts.contains(view));
    Map<Orientation, BinaryCode> kept = new EnumMap<>(Orientation.class);
    kept.putAll(turned);
    kept.keySet().retainAll(ways);
    return new Codes(views, kept);
  }

  /**
   * How alike this picture is to another when it is looked up as matching does: upright, each part
   * among those that {@link View#isComparedWith} it; turned, all of it among whole ones. Of ways
   * that are equally good the first in that order.
   */
  public Likeness nearest(Codes other) {
    int best = Integer.MAX_VALUE;
    View bestView = View.WHOLE;
    View bestOther = View.WHOLE;
    Orientation bestWay = Orientation.UPRIGHT;
    for (Map.Entry<View, BinaryCode> part : upright.entrySet()) {
      for (Map.Entry<View, BinaryCode> otherPart : other.upright.entrySet()) {
        if (part.getKey().isComparedWith(otherPart.getKey())) {
          int distance = part.getValue().distance(otherPart.getValue());
          if (distance < best) {
            best = distance;
            bestView = part.getKey();
            bestOther = otherPart.getKey();
          }
        }
      }
    }
    for (Map.Entry<Orientation, BinaryCode> way : turned.entrySet()) {
      int distance = way.getValue().distance(other.whole());
      if (distance < best) {
        best = distance;
        bestWay = way.getKey();
        bestView = View.WHOLE;
        bestOther = View.WHOLE;
      }
    }
    return new Likeness(best, bestWay, bestView, bestOther);
  }
}
