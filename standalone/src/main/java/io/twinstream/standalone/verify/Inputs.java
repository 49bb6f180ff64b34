package io.twinstream.standalone.verify;

import io.twinstream.app.TopicReader;
import io.twinstream.schema.DeadLetter;
import io.twinstream.schema.EventId;
import io.twinstream.schema.FingerprintRecord;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.SourceHeaders;
import io.twinstream.schema.ThresholdChange;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.serde.ImageEvent;
import io.twinstream.schema.serde.ImageKeySerde;
import io.twinstream.schema.serde.UnreadableEventException;
import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.operate.KnownTopics;
import io.twinstream.standalone.operate.Letter;
import io.twinstream.standalone.operate.Progress;
import io.twinstream.verify.EventLedger;
import io.twinstream.verify.Finding;
import io.twinstream.verify.LogHistory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * What verdicts are held against: the events, the fingerprint log and the dead letters, as far as
 * they have been read. Confined to one thread.
 */
final class Inputs implements AutoCloseable {
  private static final EventCodec<FingerprintRecord> LOGGED =
      EventCodec.json(FingerprintRecord.class);
  private static final LogHistory NO_HISTORY = new LogHistory();

  private final KnownTopics known;
  private final Topics topics;
  private final Progress progress;
  private final Findings findings;
  private final TopicReader events;
  private final TopicReader log;
  private final TopicReader deadLetters;
  private final Map<Integer, EventLedger> ledgers = new HashMap<>();
  private final Map<Integer, LogHistory> histories = new HashMap<>();
  private final Map<String, LogHistory> byCollection = new HashMap<>();
  // Dead letters, and the events that they are of.
  private final Map<EventId, EventId> readable = new LinkedHashMap<>();
  // Dead letters that are events again.
  private final Set<String> putBack = new HashSet<>();

  /**
   * Opens the topics.
   *
   * @param findings is told what can't be read or may not be there
   */
  Inputs(KnownTopics known, Topics topics, Progress progress, Findings findings) {
    this.known = known;
    this.topics = topics;
    this.progress = progress;
    this.findings = findings;
    List<TopicReader> opened =
        known.openAll(
            List.of(topics.imageMetadata(), topics.imageFingerprints(), topics.deadLetters()),
            KnownTopics.MADE_BY);
    events = opened.get(0);
    log = opened.get(1);
    deadLetters = opened.get(2);
    events
        .starts()
        .forEach((partition, start) ->
            ledgers.put(partition, new EventLedger(topics.imageMetadata(), partition, start)));
  }

  /**
   * Reads events on to where they end by now.
   *
   * @return where that is, by partition
   */
  Map<Integer, Long> readEvents() {
    events.extend();
    known.toEnd(events, "events", progress, this::enter);
    return events.ends();
  }

  void readLog() {
    log.extend();
    known.toEnd(log, "the fingerprint log", progress, this::log);
  }

  void readDeadLetters() {
    deadLetters.extend();
    known.toEnd(deadLetters, "dead letters", progress, this::deadLetter);
  }

  private void enter(ConsumerRecord<byte[], byte[]> event) {
    ledgers
        .get(event.partition())
        .enter(event.offset(), event.key(), kind(event), event.timestamp());
    Header letter = event.headers().lastHeader(SourceHeaders.DEAD_LETTER);
    if (letter != null && letter.value() != null) {
      putBack.add(new String(letter.value(), StandardCharsets.UTF_8));
    }
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
    if (ThresholdChange.isKey(record.key())) {
      // Each verdict says itself what it was judged by.
      return;
    }
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

  private void deadLetter(ConsumerRecord<byte[], byte[]> record) {
    Letter letter = new Letter(record);
    // Connectors write letters of what never was an event.
    if (!topics.imageMetadata().equals(letter.source(DeadLetter.TOPIC))) {
      return;
    }
    findings.deadLetter();
    Optional<EventId> event = letter.event();
    if (event.isEmpty()) {
      findings.unreadable(record, "it does not say which record it is of");
      return;
    }
    EventLedger ledger = ledgers.get(event.get().partition());
    if (ledger != null && !ledger.deadLetter(event.get().offset())) {
      readable.put(new EventId(record.topic(), record.partition(), record.offset()), event.get());
    }
  }

  /** Where it is noted what becomes of an event; empty if there can't be such an event. */
  Optional<EventLedger> ledger(EventId event) {
    return event.topic().equals(topics.imageMetadata())
        ? Optional.ofNullable(ledgers.get(event.partition()))
        : Optional.empty();
  }

  /** What the log says of a collection. */
  LogHistory history(String collection) {
    return byCollection.getOrDefault(collection, NO_HISTORY);
  }

  /**
   * Events without an outcome, and removals of images that are still in the log.
   *
   * @param ends by partition; what came later is left out
   */
  List<EventId> missing(Map<Integer, Long> ends) {
    List<EventId> missing = new ArrayList<>();
    ledgers.forEach(
        (partition, ledger) -> missing.addAll(ledger.missing(ends.getOrDefault(partition, 0L))));
    for (LogHistory history : histories.values()) {
      for (ImageKey present : history.present()) {
        byte[] key = ImageKeySerde.write(present);
        List<EventId> latest =
            ledgers.values().stream().flatMap(ledger -> ledger.latest(key).stream()).toList();
        // Events of an image are on one partition, unless somebody has placed them by other means.
        if (latest.size() == 1 && isRemovalBefore(ends, latest.getFirst())) {
          missing.add(latest.getFirst());
        }
      }
    }
    return missing;
  }

  private boolean isRemovalBefore(Map<Integer, Long> ends, EventId event) {
    return event.offset() < ends.getOrDefault(event.partition(), 0L)
        && ledgers.get(event.partition()).isRemoval(event);
  }

  /** The keys of some events, as text; they are not kept in memory, so the topic is asked. */
  Map<EventId, String> images(List<EventId> some) {
    Map<Integer, TreeSet<Long>> offsets = new HashMap<>();
    some.forEach(event ->
        offsets.computeIfAbsent(event.partition(), _ -> new TreeSet<>()).add(event.offset()));
    Map<EventId, String> images = new HashMap<>();
    try (TopicReader reader = known.open(topics.imageMetadata(), KnownTopics.MADE_BY)) {
      offsets.forEach((partition, there) ->
          reader.recordsAt(
              partition,
              there,
              record -> {
                if (record.key() != null) {
                  images.put(
                      new EventId(record.topic(), partition, record.offset()),
                      new String(record.key(), StandardCharsets.UTF_8));
                }
              }));
    }
    return images;
  }

  /** All that was found. */
  VerifyReport report(List<EventId> open) {
    // The app could not read them once; by now it can, and somebody has to say so.
    readable.forEach((letter, event) -> {
      if (!putBack.contains(letter.toString())) {
        findings.add(
            event,
            new Finding.Unverifiable(
                "it is the dead letter %d@%d, but can be read by now; put it back: twinstream"
                        .formatted(letter.partition(), letter.offset())
                    + " dead-letters retry"));
      }
    });
    return findings.report(ledgers, histories, open);
  }

  @Override
  public void close() {
    events.close();
    log.close();
    deadLetters.close();
  }
}
