package io.twinstream.standalone.verify;

import io.twinstream.app.TopicReader;
import io.twinstream.schema.DeadLetter;
import io.twinstream.schema.EventId;
import io.twinstream.schema.FailureReason;
import io.twinstream.schema.FingerprintRecord;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.serde.ImageEvent;
import io.twinstream.schema.serde.ImageKeySerde;
import io.twinstream.schema.serde.UnreadableEventException;
import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.engine.StoppedException;
import io.twinstream.standalone.operate.KnownTopics;
import io.twinstream.standalone.operate.Progress;
import io.twinstream.verify.EventLedger;
import io.twinstream.verify.Finding;
import io.twinstream.verify.LogHistory;
import io.twinstream.verify.VerdictCheck;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Compares all verdicts of a system with what they have to be. It may be at work meanwhile: what
 * seems wrong is looked at again once the log has been read further, and what has no verdict yet is
 * told apart from what has lost it. Confined to one thread, and for one run.
 */
public final class Verification implements AutoCloseable {
  private static final EventCodec<FingerprintRecord> LOGGED =
      EventCodec.json(FingerprintRecord.class);
  private static final EventCodec<Verdict> VERDICT = EventCodec.json(Verdict.class);
  private static final String MADE_BY = "it is made by: twinstream topics";
  private static final int BATCH = 1_000;
  private static final Duration SETTLES_WITHIN = Duration.ofSeconds(15);
  private static final Duration LOST_AFTER = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final LogHistory NO_HISTORY = new LogHistory();

  private final KnownTopics known;
  private final Topics topics;
  private final Duration patience;
  private final BooleanSupplier stopped;
  private final Progress progress;
  private final List<TopicReader> readers = new ArrayList<>();
  private final TopicReader events;
  private final TopicReader log;
  private final TopicReader deadLetters;
  private final List<TopicReader> verdicts;
  private final Map<Integer, EventLedger> ledgers = new HashMap<>();
  private final Map<Integer, LogHistory> histories = new HashMap<>();
  private final Map<String, LogHistory> byCollection = new HashMap<>();
  private final List<Judged> batch = new ArrayList<>();
  private final Findings findings = new Findings();
  private final Expiry expiry = new Expiry();
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
    events = open(topics.imageMetadata());
    log = open(topics.imageFingerprints());
    deadLetters = open(topics.deadLetters());
    verdicts =
        List.of(
            open(topics.unique()), open(topics.duplicateFound()), open(topics.downloadFailed()));
    expiry.opened(topics.unique(), verdicts.get(0));
    expiry.opened(topics.duplicateFound(), verdicts.get(1));
    expiry.opened(topics.downloadFailed(), verdicts.get(2));
    events
        .starts()
        .forEach((partition, start) ->
            ledgers.put(partition, new EventLedger(topics.imageMetadata(), partition, start)));
  }

  private TopicReader open(String topic) {
    try {
      readers.add(known.open(topic, MADE_BY));
      return readers.getLast();
    } catch (RuntimeException e) {
      close();
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
    read(events, "events", this::enter);
    ends.putAll(events.ends());
    read(log, "the fingerprint log", this::log);
    read(deadLetters, "dead letters", this::deadLetter);
    readVerdicts();
    List<EventId> open = awaitOutcomes();
    settle();
    return findings.report(ledgers, histories, open);
  }

  private void read(
      TopicReader reader, String what, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    reader.extend();
    known.toEnd(reader, what, progress, each);
  }

  private void enter(ConsumerRecord<byte[], byte[]> event) {
    ledgers
        .get(event.partition())
        .enter(event.offset(), event.key(), kind(event), event.timestamp());
  }

  private static EventLedger.Kind kind(ConsumerRecord<byte[], byte[]> event) {
    try {
      return ImageEvent.read(event.key(), event.value(), event.headers()).image().isEmpty()
          ? EventLedger.Kind.REMOVAL
          : EventLedger.Kind.EVENT;
    } catch (UnreadableEventException e) {
      return EventLedger.Kind.UNREADABLE;
    }
  }

  private void log(ConsumerRecord<byte[], byte[]> record) {
    LogHistory history = histories.computeIfAbsent(record.partition(), _ -> new LogHistory());
    try {
      ImageKey key = ImageKeySerde.read(record.key());
      if (record.value() == null) {
        history.removed(record.offset(), key);
      } else {
        history.logged(record.offset(), key, LOGGED.read(record.value()));
        byCollection.put(key.collection(), history);
      }
    } catch (UnreadableEventException e) {
      findings.unreadable(record, e.getMessage());
    }
  }

  private void deadLetter(ConsumerRecord<byte[], byte[]> letter) {
    if (!topics.imageMetadata().equals(header(letter, DeadLetter.TOPIC))) {
      return;
    }
    findings.deadLetter();
    try {
      int partition = Integer.parseInt(header(letter, DeadLetter.PARTITION));
      long offset = Long.parseLong(header(letter, DeadLetter.OFFSET));
      EventLedger ledger = ledgers.get(partition);
      if (ledger != null && !ledger.deadLetter(offset)) {
        findings.add(
            new EventId(topics.imageMetadata(), partition, offset),
            new Finding.Different("it can be read, but is a dead letter"));
      }
    } catch (NumberFormatException e) {
      findings.unreadable(letter, "it does not say which record it is of");
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  private void readVerdicts() {
    for (TopicReader reader : verdicts) {
      read(reader, "verdicts", this::verdict);
      compare();
    }
  }

  private void verdict(ConsumerRecord<byte[], byte[]> record) {
    expiry.read(record);
    Verdict verdict;
    try {
      verdict = VERDICT.read(record.value());
    } catch (UnreadableEventException e) {
      findings.unreadable(record, e.getMessage());
      return;
    }
    if (!verdict.run().equals(Verdict.LIVE)) {
      return;
    }
    findings.verdict(verdict);
    EventId event = verdict.event();
    EventLedger ledger = ledgers.get(event.partition());
    if (ledger == null || !event.topic().equals(topics.imageMetadata())) {
      findings.add(event, new Finding.Different("there is no such event"));
      return;
    }
    ledger.verdict(event);
    batch.add(new Judged(verdict, ledger));
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
        ? new VerdictCheck(byCollection.getOrDefault(key.collection(), NO_HISTORY))
            .check(judged.verdict, judged.ledger.isLatest(judged.event().offset()))
        : new Finding.Different(wrong);
  }

  /** Waits for what is under way; what is left then is returned, lost or not. */
  private List<EventId> awaitOutcomes() {
    long start = System.nanoTime();
    Map<EventId, Long> lostSince = new HashMap<>();
    while (true) {
      if (missing().isEmpty()) {
        return List.of();
      }
      Underway underway = Underway.of(known, topics, progress);
      read(deadLetters, "dead letters", this::deadLetter);
      readVerdicts();
      read(log, "the fingerprint log", this::log);
      List<EventId> missing = missing();
      List<EventId> lost = missing.stream().filter(event -> !underway.has(event)).toList();
      long now = System.nanoTime();
      lostSince.keySet().retainAll(lost);
      lost.forEach(event -> lostSince.putIfAbsent(event, now));
      // The parts of one transaction become visible one after the other.
      boolean isSure =
          lostSince.values().stream().allMatch(since -> now - since > LOST_AFTER.toNanos());
      boolean isOver = now - start > patience.toNanos() || lost.size() == missing.size();
      if (isSure && isOver) {
        lost.forEach(this::lost);
        return missing;
      }
      progress.at("what is under way; still open", missing.size(), missing.size());
      pause();
    }
  }

  private void lost(EventId event) {
    EventLedger ledger = ledgers.get(event.partition());
    findings.lost(event, ledger.isRemoval(event), expiry.mayHave(ledger.time(event)));
  }

  /** Events without an outcome, and removals of images that are still in the log. */
  private List<EventId> missing() {
    List<EventId> missing = new ArrayList<>();
    ledgers.forEach(
        (partition, ledger) -> missing.addAll(ledger.missing(ends.getOrDefault(partition, 0L))));
    for (LogHistory history : histories.values()) {
      for (ImageKey present : history.present()) {
        byte[] key = ImageKeySerde.write(present);
        List<EventId> latest =
            ledgers.values().stream().flatMap(ledger -> ledger.latest(key).stream()).toList();
        // Events of an image are on one partition, unless somebody has placed them by other means.
        if (latest.size() == 1
            && ledgers.get(latest.getFirst().partition()).isRemoval(latest.getFirst())) {
          missing.add(latest.getFirst());
        }
      }
    }
    return missing;
  }

  /**
   * A verdict may have been read before what it depends on: the records of a transaction become
   * visible on each partition by themselves.
   */
  private void settle() {
    long start = System.nanoTime();
    while (!suspects.isEmpty()) {
      read(events, "events", this::enter);
      read(log, "the fingerprint log", this::log);
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
    readers.forEach(TopicReader::close);
  }
}
