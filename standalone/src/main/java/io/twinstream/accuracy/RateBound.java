package io.twinstream.accuracy;

import org.apache.commons.math3.distribution.BetaDistribution;

/** The exact upper bound of a rate (Clopper and Pearson 1934), one-sided, with 95 % confidence. */
public final class RateBound {
  /** How often a bound is no bound. */
  private static final double DOUBT = 0.05;

  private RateBound() {}

  /**
   * The highest rate at which so few are still seen in one case of twenty.
   *
   * @param seen 0 or more
   * @param of at least {@code seen}
   * @return 0 to 1; 1 if there was nothing to be seen
   */
  public static double above(long seen, long of) {
    if (seen >= of) {
      return 1;
    }
    return seen == 0
        ? -Math.expm1(Math.log(DOUBT) / of)
        : new BetaDistribution(null, seen + 1.0, of - (double) seen)
            .inverseCumulativeProbability(1 - DOUBT);
  }
}
