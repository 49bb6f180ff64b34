package io.twinstream.standalone.replay.diff;

import io.twinstream.schema.Threshold;
import io.twinstream.schema.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What is kept of a verdict: little, for there is one for each image. */
public sealed interface Outcome {
  /** The image's place in its collection. Where it is another one, the image is another picture. */
  long position();

  /** What counted as alike; the same list for all that were judged by it. */
  List<Threshold> thresholds();

  /** Nothing alike came before it. */
  record Unique(long position, List<Threshold> thresholds) implements Outcome {}

  /**
   * Something alike did.
   *
   * @param original its id
   * @param distance to it, in bits
   */
  record Duplicate(long position, List<Threshold> thresholds, String original, int distance)
      implements Outcome {}

  /**
   * Of a verdict, unless there was nothing to judge.
   *
   * @param sharing the one list to be used of all that are equal
   */
  static Optional<Outcome> of(Verdict verdict, UnaryOperator<List<Threshold>> sharing) {
    return switch (verdict) {
      case Verdict.Unique unique ->
          Optional.of(new Unique(unique.position(), sharing.apply(unique.thresholds())));
      case Verdict.DuplicateFound found ->
          Optional.of(
              new Duplicate(
                  found.position(),
                  sharing.apply(found.thresholds()),
                  found.original().id(),
                  found.original().distance()));
      case Verdict.DownloadFailed _ -> Optional.empty();
    };
  }
}
