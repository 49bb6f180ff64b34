package io.twinstream.accuracy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * How seldom distinct pictures are near each other, carried on beyond what was seen. The model: the
 * lower tail of their distances is that of a normal distribution, so that the quantile of the share
 * within a radius is a straight line over the radius. It is fitted to the nearest pairs, three
 * thousandths of all, weighted by how sure each share is. The bound comes from the same fit to 200
 * drawings of as many pictures with replacement: of pictures, not of pairs, since pairs with one
 * picture in common are not independent. What it can't know is whether other pictures are as
 * distinct as these.
 */
public final class Tail {
  /** The share of pairs that is the tail. */
  private static final double SHARE = 3e-3;

  /** A share that stands on fewer pairs says nothing. */
  private static final long MIN_PAIRS = 3;

  private static final int DRAWINGS = 200;
  private static final double SURE = 0.95;
  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

  private final Line line;
  private final List<Line> drawn;
  private final int from;

  private Tail(Line line, List<Line> drawn, int from) {
    this.line = line;
    this.drawn = drawn;
    this.from = from;
  }

  /** The quantile of the share within a radius. */
  private record Line(double start, double slope) {
    double share(int radius) {
      return NORMAL.cumulativeProbability(start + slope * radius);
    }
  }

  /**
   * The tail of the distances of distinct pictures.
   *
   * @param distances of each picture to those before it, in bits
   * @param bits the width of codes
   * @return empty if there are too few pairs, or too few distances, to tell
   */
  public static Optional<Tail> of(short[][] distances, int bits) {
    int[] once = new int[distances.length];
    Arrays.fill(once, 1);
    Distances all = counted(distances, once, bits);
    Optional<Line> line = fit(all);
    if (line.isEmpty()) {
      return Optional.empty();
    }
    // The same drawings at every run.
    SplittableRandom random = new SplittableRandom(1);
    List<Line> drawn = new ArrayList<>();
    for (int i = 0; i < DRAWINGS; i++) {
      int[] times = new int[distances.length];
      for (int draw = 0; draw < times.length; draw++) {
        times[random.nextInt(times.length)]++;
      }
      fit(counted(distances, times, bits)).ifPresent(drawn::add);
    }
    return 2 * drawn.size() < DRAWINGS
        ? Optional.empty()
        : Optional.of(new Tail(line.get(), drawn, all.widest(0) + 1));
  }

  private static Distances counted(short[][] distances, int[] times, int bits) {
    Distances counted = new Distances(bits);
    for (int i = 0; i < distances.length; i++) {
      for (int j = 0; times[i] > 0 && j < distances[i].length; j++) {
        counted.add(distances[i][j], (long) times[i] * times[j]);
      }
    }
    return counted;
  }

  /** By least squares; a share's weight is the inverse of the variance of its quantile. */
  private static Optional<Line> fit(Distances distances) {
    double n = distances.total();
    double weights = 0;
    double x = 0;
    double y = 0;
    double xx = 0;
    double xy = 0;
    int points = 0;
    long within = 0;
    for (int radius = 0; radius <= distances.bits(); radius++) {
      long here = distances.count(radius);
      within += here;
      double share = within / n;
      if (share > SHARE) {
        break;
      }
      if (here == 0 || within < MIN_PAIRS) {
        continue;
      }
      double quantile = NORMAL.inverseCumulativeProbability(share);
      double density = NORMAL.density(quantile);
      double weight = n * density * density / share;
      weights += weight;
      x += weight * radius;
      y += weight * quantile;
      xx += weight * radius * radius;
      xy += weight * radius * quantile;
      points++;
    }
    double spread = weights * xx - x * x;
    if (points < 3 || spread <= 0) {
      return Optional.empty();
    }
    double slope = (weights * xy - x * y) / spread;
    return slope <= 0 ? Optional.empty() : Optional.of(new Line((y - slope * x) / weights, slope));
  }

  /** The share of pairs within a radius, 0 to 1. */
  public double share(int radius) {
    return line.share(radius);
  }

  /** What it is at most, with 95 % confidence, as far as the model holds. */
  public double shareAtMost(int radius) {
    List<Double> shares =
        drawn.stream().map(one -> one.share(radius)).sorted(Comparator.naturalOrder()).toList();
    return shares.get((int) Math.ceil(SURE * shares.size()) - 1);
  }

  /** Whether no pair at all was seen within that radius, so that nothing but the model speaks. */
  public boolean isExtrapolated(int radius) {
    return radius < from;
  }

  /**
   * The widest radius within which there are so few, sure to 95 %.
   *
   * @param share of pairs, 0 to 1
   * @return -1 if there is none
   */
  public int widest(double share) {
    int radius = -1;
    while (shareAtMost(radius + 1) <= share) {
      radius++;
    }
    return radius;
  }
}
