package io.twinstream.standalone.replay;

import io.twinstream.replay.ReplayIndex;
import io.twinstream.schema.ReplayRun;
import io.twinstream.schema.Verdict;
import io.twinstream.standalone.engine.RefusedException;
import io.twinstream.standalone.engine.StoppedException;
import io.twinstream.standalone.operate.Progress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Judges the images of the fingerprint log anew, and writes the verdicts under a name of their own.
 * The live app goes on meanwhile and is not touched. For one use.
 */
public final class Replay {
  private static final Duration LOOK = Duration.ofMillis(200);

  private final Runs runs;
  private final ReplayRequest request;
  private final Progress progress;
  private final Tally tally = new Tally();
  private long paced;
  private long pacedSince;

  public Replay(Runs runs, ReplayRequest request, Progress progress) {
    this.runs = runs;
    this.request = request;
    this.progress = progress;
  }

  /**
   * How it went.
   *
   * @param goneOn whether an earlier one was gone on with
   * @param startedAnew whether an earlier one could not be: the log has lost images that it had
   */
  public record Outcome(ReplayRun run, boolean goneOn, boolean startedAnew) {}

  /**
   * Does it, or goes on with it.
   *
   * @throws RefusedException if the name is in use, or if there is nothing that could be judged so
   * @throws StoppedException if it was stopped; the same replay goes on with it
   */
  public Outcome run() {
    Optional<ReplayRun> before = runs.find(request.run());
    before.ifPresent(this::requireSame);
    if (before.isEmpty()) {
      new RunTopics(runs, request.run()).requireFree();
    }
    try (Reduction reduction = reduction()) {
      before.ifPresent(run -> reduction.endAt(run.ends()));
      reduction.read();
      if (before.isPresent() && isOther(before.get(), reduction)) {
        return anew();
      }
      ReplayRun run =
          before.orElseGet(() ->
              request.run(
                  reduction.ends(), reduction.images(), reduction.checksum(), Instant.now()));
      if (before.isEmpty()) {
        runs.put(run);
      }
      new RunTopics(runs, request.run()).provision();
      judge(reduction);
      ReplayRun done =
          run.finished(Instant.now(), tally.unique(), tally.duplicates(), tally.largest());
      runs.put(done);
      return new Outcome(done, before.isPresent(), false);
    }
  }

  private Reduction reduction() {
    return new Reduction(
        runs.known(), runs.topics(), request.settings(), request.range(), progress);
  }

  private void requireSame(ReplayRun run) {
    if (run.isFinished()) {
      throw new RefusedException(
          ("run %s is in use: %s at radius %d, done at %s. Choose another --run, or delete it:"
                  + " twinstream runs delete %s, with the same --data or --bootstrap")
              .formatted(
                  run.run(),
                  run.threshold().algorithm(),
                  run.threshold().radius(),
                  run.finishedAt().truncatedTo(ChronoUnit.SECONDS),
                  run.run()));
    }
    if (!request.isFor(run)) {
      throw new RefusedException(
          ("run %s was begun with other options (%s at radius %d) and is not done. Give those to go"
                  + " on with it, choose another --run, or delete it: twinstream runs delete %s")
              .formatted(
                  run.run(), run.threshold().algorithm(), run.threshold().radius(), run.run()));
    }
  }

  /** Since it was begun, the log may have lost images that were replaced or removed later. */
  private static boolean isOther(ReplayRun run, Reduction reduction) {
    return run.images() != reduction.images() || run.checksum() != reduction.checksum();
  }

  private Outcome anew() {
    runs.delete(request.run());
    Outcome outcome = new Replay(runs, request, progress).run();
    return new Outcome(outcome.run(), false, true);
  }

  private void judge(Reduction reduction) {
    try (RunWriter writer = new RunWriter(runs, request.run())) {
      Map<Integer, Long> next = writer.committed();
      if (!next.isEmpty()) {
        tally.countWritten(runs, request.run(), reduction, progress);
      }
      pacedSince = System.nanoTime();
      reduction.judged(
          next,
          "the fingerprint log, to judge it",
          this::verdict,
          judged -> write(reduction, judged, writer));
      writer.commit();
    }
  }

  private Verdict verdict(ReplayIndex.Reader reader, LogPass.Entry entry) {
    if (runs.known().stopped().getAsBoolean()) {
      throw new StoppedException();
    }
    return reader
        .judge(entry.key(), entry.record())
        .verdict(
            entry.record().event(),
            entry.record().image(),
            entry.record().fingerprint(),
            request.run(),
            Instant.now().truncatedTo(ChronoUnit.MILLIS),
            request.settings().threshold());
  }

  private void write(
      Reduction reduction, List<Reduction.Looked<Verdict>> judged, RunWriter writer) {
    if (judged.isEmpty()) {
      return;
    }
    Map<Integer, Long> next = new HashMap<>();
    judged.forEach(one -> {
      int partition = one.entry().partition();
      tally.count(reduction.index(partition), one.made());
      next.put(partition, one.entry().offset() + 1);
    });
    pace();
    writer.write(judged.stream().map(Reduction.Looked::made).toList(), next);
    // A transaction must not be open while the next images are waited for.
    if (request.rate() > 0 || writer.isDue()) {
      writer.commit();
    }
    paced += judged.size();
  }

  /** Waits until the next image is due. */
  private void pace() {
    while (request.rate() > 0) {
      if (runs.known().stopped().getAsBoolean()) {
        throw new StoppedException();
      }
      long due = pacedSince + paced * Duration.ofSeconds(1).toNanos() / request.rate();
      long wait = Math.min(due - System.nanoTime(), LOOK.toNanos());
      if (wait <= 0) {
        return;
      }
      try {
        Thread.sleep(Duration.ofNanos(wait));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoppedException();
      }
    }
  }
}
