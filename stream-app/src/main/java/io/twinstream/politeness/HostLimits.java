package io.twinstream.politeness;

/**
 * What each host is asked for at most, by one process.
 *
 * @param concurrent requests under way at a time, 1 or more
 * @param perSecond requests a second in the long run, with as many at once as come in a second; 0
 *     for no such bound
 * @param breaker when a host is left alone
 */
public record HostLimits(int concurrent, double perSecond, BreakerPolicy breaker) {
  /** Four at a time, as many a second as it answers. */
  public static final HostLimits DEFAULT = new HostLimits(4, 0, BreakerPolicy.DEFAULT);

  /** The same with another number of requests at a time. */
  public HostLimits withConcurrent(int other) {
    return new HostLimits(other, perSecond, breaker);
  }
}
