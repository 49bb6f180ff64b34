package io.twinstream.standalone.replay.diff;

import io.twinstream.schema.Verdict;
import io.twinstream.standalone.replay.diff.Change.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares the verdicts of a run, one by one, with those of another, which are in memory. For one
 * thread.
 */
final class Comparing {
  private final Judged held;
  private final boolean heldIsFirst;
  private final SideTally streamed = new SideTally();
  private final List<Change> changes = new ArrayList<>();
  private long same;
  private long onlyStreamed;

  private Comparing(Judged held, boolean heldIsFirst) {
    this.held = held;
    this.heldIsFirst = heldIsFirst;
  }

  /** Those that are to come are of the second run. */
  static Comparing withFirst(Judged first) {
    return new Comparing(first, true);
  }

  /** Those that are to come are of the first run. */
  static Comparing withSecond(Judged second) {
    return new Comparing(second, false);
  }

  /** The only one of its image. */
  void compare(Verdict verdict) {
    streamed
        .count(verdict)
        .ifPresent(outcome -> {
          Optional<Outcome> other = held.take(verdict.image().key());
          if (other.isEmpty()) {
            onlyStreamed++;
          } else if (heldIsFirst) {
            compare(verdict, other.get(), outcome);
          } else {
            compare(verdict, outcome, other.get());
          }
        });
  }

  private void compare(Verdict verdict, Outcome a, Outcome b) {
    Optional<Kind> kind = Change.kindOf(a, b);
    if (kind.isPresent()) {
      changes.add(
          new Change(
              kind.get(), streamed.sharing(verdict.image().key()), verdict.image().source(), a, b));
    } else {
      same++;
    }
  }

  /** What it comes to, once all have come. */
  Difference difference(RunName a, RunName b) {
    changes.sort(Change.ORDER);
    SideTally first = heldIsFirst ? held.tally() : streamed;
    SideTally second = heldIsFirst ? streamed : held.tally();
    return new Difference(
        first.side(a.name(), a.limits()),
        second.side(b.name(), b.limits()),
        same,
        heldIsFirst ? held.left() : onlyStreamed,
        heldIsFirst ? onlyStreamed : held.left(),
        changes);
  }
}
