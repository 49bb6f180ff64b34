package io.twinstream.standalone.replay;

import io.twinstream.app.TopicReader;
import io.twinstream.hash.Orientations;
import io.twinstream.hash.Views;
import io.twinstream.schema.EventId;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.FingerprintRecord;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.ReplayRun;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.standalone.operate.Progress;
import io.twinstream.standalone.verify.VerifyReport;
import io.twinstream.standalone.verify.VerifyReport.Problem;
import io.twinstream.verify.Finding;
import io.twinstream.verify.LogHistory;
import io.twinstream.verify.VerdictCheck;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Compares the verdicts of a replay with what they have to be: brute force, without the index, over
 * the last record of each image. All fingerprints are kept in memory. For one use.
 */
public final class RunVerification {
  private static final EventCodec<Verdict> VERDICT = EventCodec.json(Verdict.class);
  private static final int TOLD = 20;
  private static final int BATCH = 1_000;

  private final Runs runs;
  private final ReplayRun run;
  private final Progress progress;
  private final Map<ImageKey, LogPass.Entry> images = new HashMap<>();
  private final Map<String, LogHistory> histories = new HashMap<>();
  private final Map<ImageKey, Integer> verdicts = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private final List<Verdict> batch = new ArrayList<>();
  private long unique;
  private long duplicates;
  private long equal;
  private long different;

  /**
   * Of a run that is done.
   *
   * @throws io.twinstream.standalone.engine.RefusedException if it is not, or there is none
   */
  public RunVerification(Runs runs, String name, Progress progress) {
    this.runs = runs;
    this.run = runs.finished(name);
    this.progress = progress;
  }

  /** Reads everything and compares. */
  public VerifyReport run() {
    readLog();
    for (String topic : new RunTopics(runs, run.run()).names()) {
      try (TopicReader reader = runs.known().open(topic, "")) {
        runs.known()
            .toEnd(
                reader,
                "the run's verdicts",
                progress,
                record -> take(VERDICT.read(record.value())));
      }
    }
    compare();
    return report();
  }

  private void readLog() {
    LogRange range = LogRange.of(run);
    try (TopicReader reader = runs.known().open(runs.topics().imageFingerprints(), "")) {
      reader.endAt(run.ends());
      new LogPass(runs.known(), range)
          .read(
              reader,
              "the fingerprint log",
              progress,
              entries -> {
                for (LogPass.Entry entry : entries) {
                  if (entry.record() == null) {
                    images.remove(entry.key());
                  } else {
                    images.put(entry.key(), entry);
                  }
                }
              });
    }
    Map<Integer, LogHistory> byPartition = new HashMap<>();
    Map<Integer, Integer> ranks = new HashMap<>();
    // As if these images had come alone, in the order of their positions.
    images.values().stream()
        .sorted(Comparator.comparingLong(entry -> entry.record().position()))
        .forEach(entry -> {
          LogHistory history =
              byPartition.computeIfAbsent(entry.partition(), _ -> new LogHistory());
          FingerprintRecord record = entry.record();
          history.logged(
              ranks.merge(entry.partition(), 1, Integer::sum),
              entry.key(),
              new FingerprintRecord(
                  record.position(), record.event(), record.image(), looked(record.fingerprint())));
          histories.put(entry.key().collection(), history);
        });
    images.values().removeIf(entry -> !range.isJudged(entry));
  }

  /** What was looked at of a fingerprint. */
  private Fingerprint looked(Fingerprint fingerprint) {
    return fingerprint.only(
        Orientations.valueOf(run.orientations().toUpperCase(Locale.ROOT)).ways(),
        Views.valueOf(run.views().toUpperCase(Locale.ROOT)).parts());
  }

  private void take(Verdict verdict) {
    batch.add(verdict);
    if (batch.size() == BATCH) {
      compare();
    }
  }

  private void compare() {
    List<Finding> found = batch.parallelStream().map(this::check).toList();
    for (int at = 0; at < found.size(); at++) {
      Verdict verdict = batch.get(at);
      ImageKey key = verdict.image().key();
      verdicts.merge(key, 1, Integer::sum);
      unique += verdict instanceof Verdict.Unique ? 1 : 0;
      duplicates += verdict instanceof Verdict.DuplicateFound ? 1 : 0;
      switch (found.get(at)) {
        case Finding.Equal _ -> equal++;
        case Finding.Different(String what) ->
            tell(different++, "different", verdict.event(), what);
        // Everything that it may depend on is there.
        case Finding.Unverifiable(String what) ->
            tell(different++, "different", verdict.event(), what);
      }
    }
    batch.clear();
  }

  private Finding check(Verdict verdict) {
    if (!images.containsKey(verdict.image().key())) {
      return new Finding.Different("its image has no part in this run");
    }
    return !verdict.run().equals(run.run()) || !thresholds(verdict)
        ? new Finding.Different("it is of another run")
        : new VerdictCheck(histories.get(verdict.image().collection()))
            .check(looked(verdict), true);
  }

  private boolean thresholds(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Unique it -> it.thresholds().equals(run.thresholds());
      case Verdict.DuplicateFound it -> it.thresholds().equals(run.thresholds());
      case Verdict.DownloadFailed _ -> false;
    };
  }

  private Verdict looked(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Unique it ->
          new Verdict.Unique(
              it.event(),
              it.image(),
              it.run(),
              it.judgedAt(),
              it.position(),
              it.thresholds(),
              looked(it.fingerprint()));
      case Verdict.DuplicateFound it ->
          new Verdict.DuplicateFound(
              it.event(),
              it.image(),
              it.run(),
              it.judgedAt(),
              it.position(),
              it.thresholds(),
              looked(it.fingerprint()),
              it.original(),
              it.matches(),
              it.matchCount());
      case Verdict.DownloadFailed it -> it;
    };
  }

  private VerifyReport report() {
    long missing = 0;
    for (LogPass.Entry entry : images.values()) {
      if (!verdicts.containsKey(entry.key())) {
        tell(
            missing++,
            "missing",
            entry.record().event(),
            "image %s has no verdict in this run".formatted(entry.key()));
      }
    }
    long doubled = 0;
    for (Map.Entry<ImageKey, Integer> one : verdicts.entrySet()) {
      LogPass.Entry entry = images.get(one.getKey());
      if (one.getValue() > 1 && entry != null) {
        tell(
            doubled++,
            "doubled",
            entry.record().event(),
            "image %s has %d verdicts in this run".formatted(one.getKey(), one.getValue()));
      }
    }
    return new VerifyReport(
        images.size(),
        unique,
        duplicates,
        0,
        Map.of(),
        0,
        equal + different,
        equal,
        0,
        missing,
        doubled,
        different,
        0,
        images.size(),
        problems);
  }

  private void tell(long before, String kind, EventId event, String what) {
    if (before < TOLD) {
      problems.add(new Problem(kind, event.toString(), what));
    }
  }
}
