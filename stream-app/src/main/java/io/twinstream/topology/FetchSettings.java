package io.twinstream.topology;

import io.twinstream.fetch.RetryPolicy;
import java.time.Duration;

/**
 * How one task works on its queue.
 *
 * @param order in which results go on
 * @param inFlight how many images are loaded at a time
 * @param window with {@link FetchOrder#SOURCE}: how many events ahead of the oldest unfinished one
 *     are worked on
 * @param retry when to try again
 * @param tick how often finished loads are drained and due ones started
 */
public record FetchSettings(
    FetchOrder order, int inFlight, int window, RetryPolicy retry, Duration tick) {
  /** Arrival order, 256 in flight, a window of 2,048, every 5 ms. */
  public static final FetchSettings DEFAULT =
      new FetchSettings(FetchOrder.ARRIVAL, 256, 2048, RetryPolicy.DEFAULT, Duration.ofMillis(5));

  /** The same in another order. */
  public FetchSettings withOrder(FetchOrder other) {
    return new FetchSettings(other, inFlight, window, retry, tick);
  }
}
