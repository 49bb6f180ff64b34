package io.twinstream.accuracy;

import io.twinstream.accuracy.Accuracy.Lookalike;
import io.twinstream.accuracy.AccuracyRun.Photograph;
import io.twinstream.accuracy.Configuration.Looked;
import io.twinstream.match.Preset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Parts photographs from those that look like one before them: hidden duplicates, which would count
 * as false pairs.
 *
 * @param distinct those that look like none before them
 * @param lookalikes the others
 */
record HiddenDuplicates(List<Photograph> distinct, List<Lookalike> lookalikes) {
  private static final int RADIUS =
      Preset.STRICT.radius(Configuration.DEFAULT.algorithm()).orElseThrow();

  private record Seen(Photograph photograph, Looked look) {
    static Seen of(Photograph photograph) {
      return new Seen(photograph, Configuration.DEFAULT.of(photograph.fingerprint()));
    }

    Optional<Lookalike> likenessTo(Seen earlier) {
      boolean isEqual =
          photograph.fingerprint().sha256().equals(earlier.photograph.fingerprint().sha256());
      int distance = isEqual ? 0 : look.distanceTo(earlier.look);
      return distance <= RADIUS
          ? Optional.of(new Lookalike(photograph.name(), earlier.photograph.name(), distance))
          : Optional.empty();
    }
  }

  static HiddenDuplicates among(List<Photograph> photographs) {
    List<Seen> distinct = new ArrayList<>();
    List<Lookalike> lookalikes = new ArrayList<>();
    for (Photograph photograph : photographs) {
      Seen seen = Seen.of(photograph);
      distinct.stream()
          .flatMap(earlier -> seen.likenessTo(earlier).stream())
          .findFirst()
          .ifPresentOrElse(lookalikes::add, () -> distinct.add(seen));
    }
    return new HiddenDuplicates(distinct.stream().map(Seen::photograph).toList(), lookalikes);
  }
}
