package io.twinstream.standalone.replay.diff;

import io.twinstream.schema.ImageKey;
import io.twinstream.schema.Verdict;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The last outcomes of a run's images, all in memory. For one thread. */
final class Judged {
  private final Map<ImageKey, Outcome> outcomes = new HashMap<>();
  private final SideTally tally = new SideTally();

  /** Takes the place of what was judged of the image before. */
  void judged(Verdict verdict) {
    removed(verdict.image().key());
    tally
        .count(verdict)
        .ifPresent(outcome -> outcomes.put(tally.sharing(verdict.image().key()), outcome));
  }

  /** The image is gone. */
  void removed(ImageKey image) {
    Outcome gone = outcomes.remove(image);
    if (gone != null) {
      tally.discount(gone);
    }
  }

  /** What was judged of an image, which is then forgotten. */
  Optional<Outcome> take(ImageKey image) {
    return Optional.ofNullable(outcomes.remove(image));
  }

  /** How many were not taken. */
  long left() {
    return outcomes.size();
  }

  SideTally tally() {
    return tally;
  }
}
