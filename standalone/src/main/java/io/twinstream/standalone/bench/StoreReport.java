package io.twinstream.standalone.bench;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What {@link StoreBench} measured.
 *
 * @param n fingerprints that were stored before the others
 * @param fill fingerprints a second while these were stored
 * @param rate fingerprints a second with so many stored: looked up, filed, logged and answered,
 *     exactly once, with broker, producer and app on this machine
 * @param lookups hashes that were looked up before and after each restart
 * @param identical how many of the answers after each were the same as before
 * @param killed the restart after {@code kill -9}
 * @param stopped the one after an orderly stop
 * @param lost the one with the state directory deleted
 * @param rejoined seconds from {@code kill -9} of one of two instances, which is started again at
 *     once with its state, until it answers
 * @param takenOver seconds from {@code kill -9} of one of two instances until the other one, which
 *     has a copy of the state, answers
 * @param takenOverAlone the same without a copy
 */
public record StoreReport(
    int n,
    int radius,
    @JsonProperty("fill_per_s") double fill,
    @JsonProperty("fingerprints_per_s") double rate,
    int lookups,
    int identical,
    @JsonProperty("matches_per_lookup") double matches,
    Restart killed,
    Restart stopped,
    Restart lost,
    @JsonProperty("rejoined_s") double rejoined,
    @JsonProperty("taken_over_s") double takenOver,
    @JsonProperty("taken_over_without_standby_s") double takenOverAlone) {
  /**
   * How long a restart took.
   *
   * @param ready seconds from the start of the process until the index answers
   * @param build of these, to build the index from RocksDB
   */
  public record Restart(
      @JsonProperty("ready_s") double ready, @JsonProperty("build_s") double build) {}
}
