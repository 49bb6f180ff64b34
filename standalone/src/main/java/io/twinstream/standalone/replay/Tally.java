package io.twinstream.standalone.replay;

import io.twinstream.app.TopicReader;
import io.twinstream.replay.DisjointSets;
import io.twinstream.replay.ReplayIndex;
import io.twinstream.schema.Match;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.standalone.operate.Progress;
import java.util.HashMap;
import java.util.Map;

/** What a run has come to so far. For one thread. */
final class Tally {
  private static final EventCodec<Verdict> VERDICT = EventCodec.json(Verdict.class);

  private final Map<ReplayIndex, DisjointSets> connected = new HashMap<>();
  private long unique;
  private long duplicates;

  /** Counts a verdict of an image of a partition. */
  void count(ReplayIndex images, Verdict verdict) {
    switch (verdict) {
      case Verdict.Unique _ -> unique++;
      case Verdict.DuplicateFound duplicate -> {
        duplicates++;
        DisjointSets sets = connected.computeIfAbsent(images, it -> new DisjointSets(it.size()));
        int rank = images.rank(duplicate.position());
        for (Match match : duplicate.matches()) {
          var _ = sets.join(rank, images.rank(match.position()));
        }
      }
      case Verdict.DownloadFailed _ ->
          throw new IllegalArgumentException("a replay downloads nothing");
    }
  }

  /** Counts what a run has written before. */
  void countWritten(Runs runs, String run, Reduction reduction, Progress progress) {
    for (String topic : new RunTopics(runs, run).names()) {
      try (TopicReader reader = runs.known().open(topic, "")) {
        runs.known()
            .toEnd(
                reader,
                "what was written before",
                progress,
                record -> {
                  Verdict verdict = VERDICT.read(record.value());
                  count(reduction.index(verdict.image().collection()), verdict);
                });
      }
    }
  }

  long unique() {
    return unique;
  }

  long duplicates() {
    return duplicates;
  }

  /** How many images the largest group has. */
  long largest() {
    return connected.values().stream().mapToLong(DisjointSets::largest).max().orElse(1);
  }
}
