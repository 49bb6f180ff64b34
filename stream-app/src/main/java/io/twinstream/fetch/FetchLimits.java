package io.twinstream.fetch;

import java.time.Duration;

/**
 * What one fetch may take.
 *
 * @param connect until a connection stands
 * @param idle between two reads
 * @param total for the whole fetch, redirects included
 * @param bodyBytes of one HTTP body, counted after decompression
 * @param fileBytes of one file
 * @param redirects how many are followed
 */
public record FetchLimits(
    Duration connect,
    Duration idle,
    Duration total,
    long bodyBytes,
    long fileBytes,
    int redirects) {
  /** 5 s, 10 s, 30 s, 20 MB, 128 MB, 3. */
  public static final FetchLimits DEFAULT =
      new FetchLimits(
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          20_000_000,
          128_000_000,
          3);
}
