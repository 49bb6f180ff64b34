package io.twinstream.standalone.verify;

import io.twinstream.app.TopicReader;
import io.twinstream.schema.EventId;
import io.twinstream.schema.FailureReason;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.serde.ImageKeySerde;
import io.twinstream.schema.serde.UnreadableEventException;
import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.engine.StoppedException;
import io.twinstream.standalone.operate.KnownTopics;
import io.twinstream.standalone.operate.Progress;
import io.twinstream.verify.EventLedger;
import io.twinstream.verify.Finding;
import io.twinstream.verify.VerdictCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Compares all verdicts of a system with what they have to be. It may be at work meanwhile: what
 * seems wrong is looked at again once the log has been read further, and what has no verdict yet is
 * told apart from what has lost it. Confined to one thread, and for one run.
 */
public final class Verification implements AutoCloseable {
  private static final EventCodec<Verdict> VERDICT = EventCodec.json(Verdict.class);
  private static final int BATCH = 1_000;
  private static final Duration SETTLES_WITHIN = Duration.ofSeconds(15);
  private static final Duration LOST_AFTER = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final KnownTopics known;
  private final Topics topics;
  private final Duration patience;
  private final BooleanSupplier stopped;
  private final Progress progress;
  private final Findings findings = new Findings();
  private final Inputs inputs;
  private final List<TopicReader> verdicts;
  private final List<Judged> batch = new ArrayList<>();
  private final Expiry expiry;
  // Where the events ended when it began.
  private final Map<Integer, Long> ends = new HashMap<>();
  private List<Judged> suspects = new ArrayList<>();

  /**
   * Opens the topics.
   *
   * @param bootstrapServers of a cluster that is up
   * @param patience how long events that are under way are waited for
   * @param stopped asked now and then
   * @throws io.twinstream.standalone.engine.RefusedException if a topic is missing
   */
  public Verification(
      String bootstrapServers,
      Topics topics,
      Duration patience,
      BooleanSupplier stopped,
      Progress progress) {
    this.known = new KnownTopics(bootstrapServers, stopped);
    this.topics = topics;
    this.patience = patience;
    this.stopped = stopped;
    this.progress = progress;
    List<String> names = List.of(topics.unique(), topics.duplicateFound(), topics.downloadFailed());
    verdicts = known.openAll(names, KnownTopics.MADE_BY);
    try {
      expiry = Expiry.of(bootstrapServers, names, verdicts);
      inputs = new Inputs(known, topics, progress, findings);
    } catch (RuntimeException e) {
      verdicts.forEach(TopicReader::close);
      throw e;
    }
  }

  private record Judged(Verdict verdict, EventLedger ledger) {
    EventId event() {
      return verdict.event();
    }
  }

  /**
   * Reads everything and compares.
   *
   * @throws StoppedException if it was stopped
   * @throws io.twinstream.standalone.engine.BrokenException if the cluster does not answer
   */
  public VerifyReport run() {
    ends.putAll(inputs.readEvents());
    inputs.readLog();
    inputs.readDeadLetters();
    readVerdicts();
    List<EventId> open = awaitOutcomes();
    settle();
    return inputs.report(open);
  }

  private void readVerdicts() {
    for (TopicReader reader : verdicts) {
      reader.extend();
      known.toEnd(reader, "verdicts", progress, this::verdict);
      compare();
    }
  }

  private void verdict(ConsumerRecord<byte[], byte[]> record) {
    Verdict verdict;
    try {
      verdict = VERDICT.read(record.value());
    } catch (UnreadableEventException e) {
      findings.unreadable(record, e.getMessage());
      return;
    }
    if (verdict == null) {
      findings.unreadable(record, "it has no value");
      return;
    }
    if (!verdict.run().equals(Verdict.LIVE)) {
      return;
    }
    findings.verdict(verdict);
    EventId event = verdict.event();
    Optional<EventLedger> ledger = inputs.ledger(event);
    if (ledger.isEmpty()) {
      findings.add(event, new Finding.Different("there is no such event"));
      return;
    }
    ledger.get().verdict(event);
    batch.add(new Judged(verdict, ledger.get()));
    if (batch.size() == BATCH) {
      compare();
    }
  }

  /** What is not equal at first sight is looked at again later. */
  private void compare() {
    List<Finding> found = batch.parallelStream().map(this::check).toList();
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i) instanceof Finding.Equal) {
        findings.add(batch.get(i).event(), found.get(i));
      } else {
        suspects.add(batch.get(i));
      }
    }
    batch.clear();
  }

  private Finding check(Judged judged) {
    ImageKey key = judged.verdict.image().key();
    boolean superseded =
        judged.verdict instanceof Verdict.DownloadFailed failed
            && failed.reason() == FailureReason.SUPERSEDED;
    String wrong = judged.ledger.complaint(judged.event(), ImageKeySerde.write(key), superseded);
    return wrong.isEmpty()
        ? new VerdictCheck(inputs.history(key.collection()))
            .check(judged.verdict, judged.ledger.isLatest(judged.event().offset()))
        : new Finding.Different(wrong);
  }

  /** Waits for what is under way; what is left then is returned, lost or not. */
  private List<EventId> awaitOutcomes() {
    long start = System.nanoTime();
    Map<EventId, Long> lostSince = new HashMap<>();
    while (true) {
      if (inputs.missing(ends).isEmpty()) {
        return List.of();
      }
      Underway underway = Underway.of(known, topics, progress);
      inputs.readDeadLetters();
      readVerdicts();
      inputs.readLog();
      // An image that was removed may have come back by now, which the log shows.
      inputs.readEvents();
      List<EventId> missing = inputs.missing(ends);
      List<EventId> lost = missing.stream().filter(event -> !underway.has(event)).toList();
      long now = System.nanoTime();
      lostSince.keySet().retainAll(lost);
      lost.forEach(event -> lostSince.putIfAbsent(event, now));
      // The parts of one transaction become visible one after the other.
      boolean isSure =
          lostSince.values().stream().allMatch(since -> now - since > LOST_AFTER.toNanos());
      boolean isOver = now - start > patience.toNanos() || lost.size() == missing.size();
      if (isSure && isOver) {
        tellLost(lost);
        return missing;
      }
      progress.at("what is under way; still open", missing.size(), missing.size());
      pause();
    }
  }

  private void tellLost(List<EventId> lost) {
    Map<EventId, String> images =
        inputs.images(lost.subList(0, Math.min(lost.size(), VerifyReport.TOLD)));
    for (EventId event : lost) {
      EventLedger ledger = inputs.ledger(event).orElseThrow();
      findings.lost(
          event,
          images.getOrDefault(event, ""),
          ledger.isRemoval(event),
          expiry.mayHave(ledger.time(event)));
    }
  }

  /**
   * A verdict may have been read before what it depends on: the records of a transaction become
   * visible on each partition by themselves.
   */
  private void settle() {
    long start = System.nanoTime();
    while (!suspects.isEmpty()) {
      inputs.readEvents();
      inputs.readLog();
      boolean isOver = System.nanoTime() - start > SETTLES_WITHIN.toNanos();
      List<Judged> again = suspects;
      suspects = new ArrayList<>();
      List<Finding> found = again.parallelStream().map(this::check).toList();
      for (int i = 0; i < found.size(); i++) {
        if (isOver || !(found.get(i) instanceof Finding.Different)) {
          findings.add(again.get(i).event(), found.get(i));
        } else {
          suspects.add(again.get(i));
        }
      }
      if (!suspects.isEmpty()) {
        pause();
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException();
    }
    if (stopped.getAsBoolean()) {
      throw new StoppedException();
    }
  }

  @Override
  public void close() {
    inputs.close();
    verdicts.forEach(TopicReader::close);
  }
}
