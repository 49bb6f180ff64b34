package io.twinstream.standalone.replay;

import io.twinstream.match.MatchSettings;
import io.twinstream.replay.Sweep;
import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.operate.KnownTopics;
import io.twinstream.standalone.operate.Progress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Looks at the fingerprint log through many radii at once. */
public final class Sweeping {
  private final KnownTopics known;
  private final Topics topics;
  private final Progress progress;

  public Sweeping(KnownTopics known, Topics topics, Progress progress) {
    this.known = known;
    this.topics = topics;
    this.progress = progress;
  }

  /**
   * Does it; nothing is written.
   *
   * @param settings of which the radius is the widest
   * @param radii rising, in bits
   * @throws io.twinstream.standalone.engine.RefusedException if there is nothing that could be
   *     matched so
   * @throws io.twinstream.standalone.engine.StoppedException if it was stopped
   */
  public SweepReport sweep(MatchSettings settings, LogRange range, List<Integer> radii) {
    try (Reduction reduction = new Reduction(known, topics, settings, range, progress)) {
      reduction.read();
      Map<Integer, Sweep> sweeps = new HashMap<>();
      for (int partition : reduction.partitions()) {
        sweeps.put(partition, new Sweep(reduction.index(partition), radii));
      }
      reduction.judged(
          Map.of(),
          "the fingerprint log, to compare its images",
          (reader, entry) ->
              sweeps.get(entry.partition()).look(reader, entry.key(), entry.record()),
          found ->
              found.forEach(
                  it -> sweeps.get(it.entry().partition()).take(it.entry().record(), it.made())));
      List<Sweep.Point> points =
          sweeps.values().stream()
              .map(Sweep::points)
              .reduce(Sweeping::sum)
              .orElseGet(() -> radii.stream().map(it -> new Sweep.Point(it, 0, 0, 1)).toList());
      return new SweepReport(settings.threshold().algorithm(), reduction.images(), points);
    }
  }

  private static List<Sweep.Point> sum(List<Sweep.Point> some, List<Sweep.Point> others) {
    return IntStream.range(0, some.size())
        .mapToObj(at -> some.get(at).plus(others.get(at)))
        .toList();
  }
}
