package io.twinstream.standalone.replay.diff;

import io.twinstream.schema.Threshold;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One of the two runs.
 *
 * @param thresholds by what its images were judged: several if the live ones have changed
 * @param judgedAt when the last of them was judged
 * @param images how many have a verdict in it
 * @param limits which images it was of, for a person; empty if of all
 */
public record Side(
    String run,
    List<Threshold> thresholds,
    Optional<Instant> judgedAt,
    long images,
    List<String> limits) {
  public Side {
    thresholds = List.copyOf(thresholds);
    limits = List.copyOf(limits);
  }

  /** All of that in a line, for a person. */
  public String text() {
    String by =
        thresholds.stream()
            .map(one -> "%s at radius %d".formatted(one.algorithm(), one.radius()))
            .collect(Collectors.joining(", and "));
    return String.format(
        Locale.ROOT,
        "%s: %,d images%s%s%s",
        run,
        images,
        by.isEmpty() ? "" : " by " + by,
        judgedAt.map(at -> ", judged until " + at.truncatedTo(ChronoUnit.SECONDS)).orElse(""),
        limits.isEmpty() ? "" : "; it judged " + String.join(", ", limits));
  }
}
