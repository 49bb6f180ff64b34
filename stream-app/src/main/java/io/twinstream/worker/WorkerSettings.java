package io.twinstream.worker;

import java.time.Duration;

/**
 * What a pool of workers may take.
 *
 * @param workers how many processes, each of which decodes one picture at a time
 * @param deadline of one try of one picture
 * @param start how long a worker may take until it is ready; and how long a picture waits at a time
 *     when no worker can be had
 * @param heapBytes the most that Java's heap of a worker may take; 16 MB or more
 * @param residentBytes the most memory that a worker may hold, native memory included; above it, it
 *     is ended. Only Linux says what a process holds: elsewhere the heap alone is bounded
 */
public record WorkerSettings(
    int workers, Duration deadline, Duration start, long heapBytes, long residentBytes) {
  private static final long MIN_HEAP = 16 << 20;

  /** A worker for each processor, 15 s for a picture, 30 s for a start, 768 MB and 1.5 GB. */
  public static final WorkerSettings DEFAULT =
      new WorkerSettings(
          Runtime.getRuntime().availableProcessors(),
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          768L << 20,
          1536L << 20);

  /**
   * What a pool of workers may take.
   *
   * @throws IllegalArgumentException if a number is out of range
   */
  public WorkerSettings {
    if (workers < 1) {
      throw new IllegalArgumentException("there are 1 or more workers, not " + workers);
    }
    if (!deadline.isPositive() || !start.isPositive()) {
      throw new IllegalArgumentException(
          "times are longer than nothing, not %s and %s".formatted(deadline, start));
    }
    if (heapBytes < MIN_HEAP || residentBytes < heapBytes) {
      throw new IllegalArgumentException(
          "the heap of a worker has %d bytes or more, and the worker no less than its heap; not %d and %d"
              .formatted(MIN_HEAP, heapBytes, residentBytes));
    }
  }
}
