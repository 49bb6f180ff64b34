package io.twinstream.standalone.replay.diff;

import io.twinstream.schema.ReplayRun;
import io.twinstream.schema.Verdict;
import io.twinstream.standalone.engine.RefusedException;
import io.twinstream.standalone.replay.Runs;
import java.util.ArrayList;
import java.util.List;

/**
 * A run that there is.
 *
 * @param limits which images it was of, for a person; empty if of all
 */
record RunName(String name, List<String> limits) {
  /**
   * The live run, or a replay that is done.
   *
   * @throws RefusedException if there is no such run, or it is not done
   */
  static RunName find(String name, Runs runs) {
    return name.equals(Verdict.LIVE)
        ? new RunName(name, List.of())
        : new RunName(name, limits(runs.finished(name)));
  }

  private static List<String> limits(ReplayRun run) {
    List<String> limits = new ArrayList<>();
    if (!run.collection().isEmpty()) {
      limits.add("only collection " + run.collection());
    }
    if (run.from() != null) {
      limits.add("only images whose events came at %s or later".formatted(run.from()));
    }
    if (run.until() != null) {
      limits.add("only what came before " + run.until());
    }
    return List.copyOf(limits);
  }

  boolean isLive() {
    return name.equals(Verdict.LIVE);
  }
}
