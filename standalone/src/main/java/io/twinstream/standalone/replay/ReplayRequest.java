package io.twinstream.standalone.replay;

import io.twinstream.hash.Orientations;
import io.twinstream.hash.Views;
import io.twinstream.match.MatchSettings;
import io.twinstream.schema.ReplayRun;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A replay, as it is asked for.
 *
 * @param run its name
 * @param rate how many images are judged a second at most; 0 for as many as can be
 */
public record ReplayRequest(String run, MatchSettings settings, LogRange range, int rate) {
  /**
   * @throws io.twinstream.standalone.engine.RefusedException if the name may not be one
   */
  public ReplayRequest {
    var _ = Runs.requireName(run);
  }

  /** What is written down of it when it begins. */
  ReplayRun run(Map<Integer, Long> ends, long images, long checksum, Instant now) {
    return new ReplayRun(
        run,
        List.of(settings.threshold()),
        name(settings.orientations()),
        name(settings.views()),
        range.collection(),
        range.from(),
        range.until(),
        ends,
        now,
        null,
        images,
        checksum,
        0,
        0,
        0);
  }

  /** Whether a run that was begun is of the same. */
  boolean isFor(ReplayRun begun) {
    return begun.threshold().equals(settings.threshold())
        && begun.orientations().equals(name(settings.orientations()))
        && begun.views().equals(name(settings.views()))
        && LogRange.of(begun).equals(range);
  }

  private static String name(Orientations orientations) {
    return orientations.name().toLowerCase(Locale.ROOT);
  }

  private static String name(Views views) {
    return views.name().toLowerCase(Locale.ROOT);
  }
}
