package io.twinstream.standalone.replay.diff;

import io.twinstream.schema.ImageKey;
import io.twinstream.schema.Threshold;
import io.twinstream.schema.Verdict;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts the verdicts of a run, and by which thresholds they were judged. For one thread. */
final class SideTally {
  private final Map<List<Threshold>, List<Threshold>> shared = new HashMap<>();
  private final Map<List<Threshold>, Long> counts = new HashMap<>();
  private final Map<String, String> collections = new HashMap<>();
  private Instant judgedAt;

  /** Counts one, and returns what is kept of it, if there was something to judge. */
  Optional<Outcome> count(Verdict verdict) {
    Optional<Outcome> outcome =
        Outcome.of(verdict, thresholds -> shared.computeIfAbsent(thresholds, it -> it));
    outcome.ifPresent(it -> {
      counts.merge(it.thresholds(), 1L, Long::sum);
      if (judgedAt == null || judgedAt.isBefore(verdict.judgedAt())) {
        judgedAt = verdict.judgedAt();
      }
    });
    return outcome;
  }

  /** One that was counted has been overtaken. */
  void discount(Outcome outcome) {
    counts.computeIfPresent(
        outcome.thresholds(), (_, count) -> count == 1 ? null : Long.valueOf(count - 1));
  }

  /** An equal name that shares its collection with all others. */
  ImageKey sharing(ImageKey image) {
    return new ImageKey(collections.computeIfAbsent(image.collection(), it -> it), image.id());
  }

  /** What it comes to. */
  Side side(String run, List<String> limits) {
    return new Side(
        run,
        counts.keySet().stream()
            .flatMap(List::stream)
            .distinct()
            .sorted(Comparator.comparing(Threshold::algorithm).thenComparingInt(Threshold::radius))
            .toList(),
        Optional.ofNullable(judgedAt),
        counts.values().stream().mapToLong(Long::longValue).sum(),
        limits);
  }
}
