package io.twinstream.standalone.replay;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.twinstream.replay.Sweep;
import java.util.List;
import java.util.Optional;

/**
 * What each radius would make of the images of a log.
 *
 * @param images how many there are
 * @param points by rising radius
 */
public record SweepReport(String algorithm, long images, List<Sweep.Point> points) {
  private static final long FEW = 10;
  private static final double LARGE = 0.05;

  public SweepReport {
    points = List.copyOf(points);
  }

  /**
   * Where groups start to collapse into one another: the first radius at which the largest group
   * has at least twice as many images as at the one before, and a twentieth of all. Empty if there
   * is none.
   */
  @JsonIgnore
  public Optional<Integer> collapse() {
    for (int at = 1; at < points.size(); at++) {
      long before = points.get(at - 1).largest();
      long now = points.get(at).largest();
      if (now >= 2 * before && now > Math.max(FEW, LARGE * images)) {
        return Optional.of(points.get(at).radius());
      }
    }
    return Optional.empty();
  }

  /** The same for JSON: absent if there is none. */
  @JsonProperty("collapse")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  Integer collapseOrNull() {
    return collapse().orElse(null);
  }
}
