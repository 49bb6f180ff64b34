package io.twinstream.standalone.bench;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What {@link IndexBench} measured, on one thread.
 *
 * @param n codes in the index
 * @param lookups codes looked for in a second
 * @param linear the same by reading every code
 * @param ratio of the two
 * @param bytesPerCode of the index, as it counts them
 * @param recall the share that was found of what reading every code finds
 * @param inserts codes added in a second while the index has its tables
 * @param buildSeconds time to make an index of all codes at once, ready for lookups
 * @param candidates codes that were compared as a whole for a lookup
 * @param matches codes found for a lookup
 * @param layout in words
 * @param vectors whether the virtual machine has the module for vectors
 */
public record IndexReport(
    int n,
    int bits,
    int radius,
    int batch,
    @JsonProperty("lookups_per_s") double lookups,
    @JsonProperty("linear_per_s") double linear,
    double ratio,
    @JsonProperty("bytes_per_code") double bytesPerCode,
    double recall,
    @JsonProperty("inserts_per_s") double inserts,
    @JsonProperty("build_s") double buildSeconds,
    double candidates,
    double matches,
    String layout,
    boolean vectors) {}
