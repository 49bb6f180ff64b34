package io.twinstream.fetch;

import java.time.Duration;

/**
 * What one fetch may take. Time that it waits for memory or for the rate of the whole process is
 * not counted: that is no fault of the server.
 *
 * @param lookup of a name
 * @param connect until a connection stands and is secured, whatever number of addresses is tried
 * @param head from the request to the end of the answer's head
 * @param idle between two reads
 * @param total for the whole fetch, redirects to the same host included
 * @param leastRate bytes a second that a body has to bring on average
 * @param grace of a body, in which its rate doesn't count
 * @param bodyBytes of one HTTP body, counted after decompression; below 2 GB
 * @param fileBytes of one file; below 2 GB
 * @param redirects how many are followed
 * @param allBytesPerSecond what all fetches of the process together may read over HTTP in a second
 */
public record FetchLimits(
    Duration lookup,
    Duration connect,
    Duration head,
    Duration idle,
    Duration total,
    long leastRate,
    Duration grace,
    long bodyBytes,
    long fileBytes,
    int redirects,
    long allBytesPerSecond) {
  /** Stands for no bound on {@link #allBytesPerSecond}. */
  public static final long UNBOUNDED = Long.MAX_VALUE;

  private static final long MAX_ARRAY = Integer.MAX_VALUE - 8;

  /**
   * 5 s to look up and to connect, 10 s for the head and between two reads, 30 s in all, 1,000
   * bytes/s after 5 s, 20 MB, 128 MB, 3 redirects, any rate of the process.
   */
  public static final FetchLimits DEFAULT =
      new FetchLimits(
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          1_000,
          Duration.ofSeconds(5),
          20_000_000,
          128_000_000,
          3,
          UNBOUNDED);

  /**
   * What one fetch may take.
   *
   * @throws IllegalArgumentException if a number of bytes is out of range
   */
  public FetchLimits {
    if (bodyBytes < 0 || bodyBytes > MAX_ARRAY || fileBytes < 0 || fileBytes > MAX_ARRAY) {
      throw new IllegalArgumentException(
          "a body or a file has 0 to %d bytes, not %d or %d"
              .formatted(MAX_ARRAY, bodyBytes, fileBytes));
    }
    if (allBytesPerSecond < 1) {
      throw new IllegalArgumentException(
          "the rate of the process is 1 byte/s or more, not " + allBytesPerSecond);
    }
  }

  /** The same, but for the rate of the process. */
  public FetchLimits withAllBytesPerSecond(long rate) {
    return new FetchLimits(
        lookup, connect, head, idle, total, leastRate, grace, bodyBytes, fileBytes, redirects,
        rate);
  }
}
