package io.twinstream.schema;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A replay: what it is of, and what came of it. Its latest record holds, and a null takes it back.
 *
 * @param run its name
 * @param thresholds what counts as alike
 * @param orientations in which ways images are looked at: {@code none}, {@code rotations} or {@code
 *     all}
 * @param views which parts are looked at: {@code none}, {@code trimmed} or {@code all}
 * @param collection the only one that is judged; empty for all
 * @param from only images are judged whose events came then or later, by the time of their records;
 *     absent for all. Older ones are matched against all the same
 * @param until only events count that came earlier; absent for all
 * @param ends where it ends in the fingerprint log: the first offset of each partition that has no
 *     part in it
 * @param startedAt when it began
 * @param finishedAt when it was done; absent until then
 * @param images how many there are to be matched against
 * @param checksum of these images and their positions: a replay that is gone on with must find them
 *     again
 * @param unique how many were judged so
 * @param duplicates likewise
 * @param largestGroup how many images the largest group of connected ones has
 */
public record ReplayRun(
    String run,
    List<Threshold> thresholds,
    String orientations,
    String views,
    String collection,
    @JsonInclude(JsonInclude.Include.NON_NULL) Instant from,
    @JsonInclude(JsonInclude.Include.NON_NULL) Instant until,
    Map<Integer, Long> ends,
    Instant startedAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) Instant finishedAt,
    long images,
    long checksum,
    long unique,
    long duplicates,
    long largestGroup)
    implements Event {
  /**
   * @throws IllegalArgumentException if there is no threshold
   */
  public ReplayRun {
    thresholds = List.copyOf(thresholds);
    ends = Map.copyOf(ends);
    collection = Objects.requireNonNullElse(collection, "");
    if (thresholds.isEmpty()) {
      throw new IllegalArgumentException("a replay matches by one threshold at least");
    }
  }

  /** The threshold by which it matches. */
  public Threshold threshold() {
    return thresholds.getFirst();
  }

  /** Whether it is done. */
  @JsonIgnore
  public boolean isFinished() {
    return finishedAt != null;
  }

  /** The same replay, done. */
  public ReplayRun finished(Instant at, long ofUnique, long ofDuplicates, long largest) {
    return new ReplayRun(
        run,
        thresholds,
        orientations,
        views,
        collection,
        from,
        until,
        ends,
        startedAt,
        at,
        images,
        checksum,
        ofUnique,
        ofDuplicates,
        largest);
  }
}
