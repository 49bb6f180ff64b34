package io.twinstream.standalone.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What {@link ReplayBench} measured.
 *
 * @param n how many fingerprints the log has
 * @param runs one replay after the other
 * @param sweep seconds of the sweep; 0 without one
 */
public record ReplayReport(int n, List<Run> runs, @JsonProperty("sweep_s") double sweep) {
  public ReplayReport {
    runs = List.copyOf(runs);
  }

  /**
   * A replay.
   *
   * @param radius in bits
   * @param seconds from its beginning until all its verdicts are committed
   * @param duplicates how many images were some
   */
  public record Run(int radius, @JsonProperty("replay_s") double seconds, long duplicates) {}
}
