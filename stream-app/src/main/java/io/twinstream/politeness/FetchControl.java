package io.twinstream.politeness;

import io.twinstream.schema.ImageKey;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** What operators have said about fetching. Thread-safe. */
public final class FetchControl {
  private final Set<String> stopped = ConcurrentHashMap.newKeySet();
  private final Map<String, Long> cancelledHosts = new ConcurrentHashMap<>();
  private final Map<ImageKey, Long> cancelledImages = new ConcurrentHashMap<>();
  // The image of each change, for whoever wants to know only what is new.
  private final ConcurrentNavigableMap<Long, ImageKey> changedImages =
      new ConcurrentSkipListMap<>();
  private final AtomicLong version = new AtomicLong();

  /**
   * No request is made to a host until it is resumed; its images wait.
   *
   * @param host as in {@link io.twinstream.fetch.Fetcher#host}; without a port it means all ports
   */
  public synchronized void stop(String host) {
    stopped.add(host);
    version.incrementAndGet();
  }

  /** Takes {@link #stop} back. */
  public synchronized void resume(String host) {
    stopped.remove(host);
    version.incrementAndGet();
  }

  /**
   * Gives up what waits for a host.
   *
   * @param before only events that were filed before, ms since the epoch
   */
  public synchronized void cancel(String host, long before) {
    cancelledHosts.merge(host, before, Math::max);
    version.incrementAndGet();
  }

  /** Gives up an image's event if it was filed before that time, ms since the epoch. */
  public synchronized void cancel(ImageKey image, long before) {
    cancelledImages.merge(image, before, Math::max);
    // Before the version tells of it.
    changedImages.put(version.get() + 1, image);
    version.incrementAndGet();
  }

  /** Takes {@link #cancel(String, long)} back; what has its result by now keeps it. */
  public synchronized void takeBack(String host) {
    cancelledHosts.remove(host);
    version.incrementAndGet();
  }

  /** Takes {@link #cancel(ImageKey, long)} back; what has its result by now keeps it. */
  public synchronized void takeBack(ImageKey image) {
    cancelledImages.remove(image);
    version.incrementAndGet();
  }

  /**
   * The images of which events were given up, and not taken back, since a version; 0 stands for the
   * beginning.
   */
  public Set<ImageKey> cancelledImagesSince(long version) {
    return changedImages.tailMap(version, false).values().stream()
        .filter(cancelledImages::containsKey)
        .collect(Collectors.toSet());
  }

  /** Grows with each change. */
  public long version() {
    return version.get();
  }

  /** Whether an operator has stopped a host. */
  public boolean isStopped(String host) {
    return !stopped.isEmpty() && (stopped.contains(host) || stopped.contains(withoutPort(host)));
  }

  /** Whether an operator has given up an event that was filed at that time. */
  public boolean isCancelled(ImageKey image, String host, long filedAt) {
    return (!cancelledHosts.isEmpty()
            && (filedAt < cancelledHosts.getOrDefault(host, 0L)
                || filedAt < cancelledHosts.getOrDefault(withoutPort(host), 0L)))
        || (!cancelledImages.isEmpty() && filedAt < cancelledImages.getOrDefault(image, 0L));
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }
}
