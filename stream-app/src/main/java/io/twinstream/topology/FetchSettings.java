package io.twinstream.topology;

import io.twinstream.fetch.RetryPolicy;
import java.time.Duration;

/**
 * How one task works on its queue.
 *
 * @param order in which results go on
 * @param inFlight how many images are loaded at a time, those included that wait for a decoder
 * @param window with {@link FetchOrder#SOURCE}: how many events ahead of the oldest unfinished one
 *     are worked on
 * @param maxLanes with {@link FetchOrder#ARRIVAL}: of how many hosts the next rows are in memory
 * @param retry when to try again
 * @param tick how often finished loads are drained and due ones started
 */
public record FetchSettings(
    FetchOrder order, int inFlight, int window, int maxLanes, RetryPolicy retry, Duration tick) {
  /** Arrival order, 512 at a time, a window of 2,048, 10,000 hosts, every 5 ms. */
  public static final FetchSettings DEFAULT =
      new FetchSettings(
          FetchOrder.ARRIVAL, 512, 2048, 10_000, RetryPolicy.DEFAULT, Duration.ofMillis(5));

  /** The same in another order. */
  public FetchSettings withOrder(FetchOrder other) {
    return new FetchSettings(other, inFlight, window, maxLanes, retry, tick);
  }

  /** The same with other tries. */
  public FetchSettings withRetry(RetryPolicy other) {
    return new FetchSettings(order, inFlight, window, maxLanes, other, tick);
  }
}
