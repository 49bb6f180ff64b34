package io.twinstream.standalone.operate;

import io.twinstream.app.TopicReader;
import io.twinstream.schema.FetchResult;
import io.twinstream.schema.Threshold;
import io.twinstream.schema.ThresholdChange;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.serde.UnreadableEventException;
import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.engine.RefusedException;
import io.twinstream.standalone.engine.StoppedException;
import io.twinstream.topology.FingerprintChangelogs;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Tells the app to match by another radius: a record for each partition of the matcher, in the
 * order of what waits to be judged there. Confined to one thread.
 */
public final class Adoption {
  private static final EventCodec<FetchResult> RESULT = EventCodec.smile(FetchResult.class);
  private static final EventCodec<ThresholdChange> CHANGE = EventCodec.json(ThresholdChange.class);
  private static final EventCodec<Verdict> VERDICT = EventCodec.json(Verdict.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final String NEVER_RAN =
      "no instance of the app has ever run with this --prefix, so there is nothing to adopt for";

  private final KnownTopics known;
  private final Topics topics;
  private final Duration patience;
  private final Progress progress;

  /**
   * Of the app with these topics.
   *
   * @param known of a cluster that is up
   * @param patience how long instances at work are waited for until it has taken effect
   */
  public Adoption(KnownTopics known, Topics topics, Duration patience, Progress progress) {
    this.known = known;
    this.topics = topics;
    this.patience = patience;
    this.progress = progress;
  }

  /**
   * What came of it.
   *
   * @param atWork whether any instance was
   * @param changes those that have taken effect, by partition
   */
  public record Outcome(boolean atWork, SortedMap<Integer, ThresholdChange> changes) {}

  /**
   * What each partition goes by.
   *
   * @throws RefusedException if no app has ever run there
   */
  public SortedMap<Integer, Held> look() {
    try (TopicReader results = known.open(topics.fetchedImages(), KnownTopics.MADE_BY)) {
      // First what waits: some of it may be stored by the time at which that is read.
      List<ConsumerRecord<byte[], byte[]>> waiting = waiting(results);
      Map<Integer, byte[]> marks = marks();
      SortedMap<Integer, Held> held = new TreeMap<>();
      results
          .starts()
          .keySet()
          .forEach(partition -> held.put(partition, stored(marks.get(partition))));
      addAdopted(held, marks);
      addOptions(held);
      waiting.forEach(record ->
          adopted(record)
              .ifPresent(next ->
                  held.computeIfPresent(record.partition(), (_, now) -> now.then(next, true))));
      return held;
    }
  }

  private static Held stored(byte[] mark) {
    return new Held(
        Optional.ofNullable(mark).flatMap(FingerprintChangelogs::algorithm).orElse(""),
        List.of(),
        false);
  }

  private List<ConsumerRecord<byte[], byte[]>> waiting(TopicReader results) {
    List<ConsumerRecord<byte[], byte[]>> waiting = new ArrayList<>();
    results.skipBefore(known.committed(topics.applicationId(), topics.fetchedImages()));
    known.toEnd(
        results,
        "what waits to be judged",
        progress,
        record -> adopted(record).ifPresent(_ -> waiting.add(record)));
    return waiting;
  }

  private Map<Integer, byte[]> marks() {
    try (TopicReader reader =
        known.open(new FingerprintChangelogs(topics).fingerprints(), NEVER_RAN)) {
      Map<Integer, byte[]> marks = new HashMap<>();
      last(reader, "the stores", record -> FingerprintChangelogs.isMark(record.key()))
          .forEach((partition, record) -> {
            if (record.value() != null) {
              marks.put(partition, record.value());
            }
          });
      return marks;
    }
  }

  private Map<Integer, ConsumerRecord<byte[], byte[]>> last(
      TopicReader reader, String what, Predicate<ConsumerRecord<byte[], byte[]>> kind) {
    return LastRecords.find(known, reader, what, progress, kind);
  }

  /** The log says what held before. */
  private void addAdopted(Map<Integer, Held> held, Map<Integer, byte[]> marks) {
    if (marks.values().stream().noneMatch(FingerprintChangelogs::isAdopted)) {
      return;
    }
    try (TopicReader log = known.open(topics.imageFingerprints(), KnownTopics.MADE_BY)) {
      last(log, "the fingerprint log", record -> ThresholdChange.isKey(record.key()))
          .forEach((partition, record) -> {
            byte[] mark = marks.get(partition);
            if (mark != null && FingerprintChangelogs.isAdopted(mark)) {
              ThresholdChange change = CHANGE.read(record.value());
              held.computeIfPresent(
                  partition,
                  (_, now) -> now.then(change.before(), false).then(change.threshold(), true));
            }
          });
    }
  }

  /** Where nothing was adopted, what was judged last says what instances were told. */
  private void addOptions(Map<Integer, Held> held) {
    if (held.values().stream().allMatch(Held::adopted)) {
      return;
    }
    judgedBy()
        .ifPresent(judged ->
            held.replaceAll((_, now) ->
                now.adopted() || !now.isMatchedBy(judged) ? now : now.then(judged, false)));
  }

  private Optional<Threshold> judgedBy() {
    try (TopicReader state = known.open(topics.imageState(), KnownTopics.MADE_BY)) {
      return last(state, "verdicts", record -> judged(record).isPresent()).values().stream()
          .flatMap(record -> judged(record).stream())
          .max(Comparator.comparing(Judged::at))
          .map(Judged::threshold);
    }
  }

  private record Judged(Instant at, Threshold threshold) {}

  private static Optional<Judged> judged(ConsumerRecord<byte[], byte[]> record) {
    try {
      return Stream.ofNullable(VERDICT.read(record.value()))
          .filter(verdict -> verdict.run().equals(Verdict.LIVE))
          .flatMap(verdict ->
              (switch (verdict) {
                    case Verdict.Unique it -> it.thresholds();
                    case Verdict.DuplicateFound it -> it.thresholds();
                    case Verdict.DownloadFailed _ -> List.<Threshold>of();
                  })
                  .stream().map(threshold -> new Judged(verdict.judgedAt(), threshold)))
          .findFirst();
    } catch (UnreadableEventException e) {
      return Optional.empty();
    }
  }

  private static Optional<Threshold> adopted(ConsumerRecord<byte[], byte[]> record) {
    // What is of an image is read by the app alone.
    return record.key() == null
            && RESULT.read(record.value()) instanceof FetchResult.ThresholdsAdopted it
        ? Optional.of(it.threshold())
        : Optional.empty();
  }

  /**
   * Tells the app, and if any instance is at work, waits for so long at most until it has taken
   * effect.
   *
   * @param thresholds by partition
   * @param run whose they are, or {@code live} to take an adoption back
   * @param expected partitions where it changes something
   */
  public Outcome adopt(
      Map<Integer, Threshold> thresholds, String run, Collection<Integer> expected) {
    Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    List<ProducerRecord<byte[], byte[]>> records =
        thresholds.entrySet().stream()
            .map(one ->
                new ProducerRecord<byte[], byte[]>(
                    topics.fetchedImages(),
                    one.getKey(),
                    null,
                    RESULT.write(new FetchResult.ThresholdsAdopted(one.getValue(), run, at))))
            .toList();
    try (StandStill standStill = new StandStill(known, topics.applicationId());
        TopicReader log = known.open(topics.imageFingerprints(), KnownTopics.MADE_BY)) {
      boolean atWork = !standStill.members().isEmpty();
      log.skipTo(log.ends());
      try (TransactionalSender sender =
          new TransactionalSender(
              known, topics.applicationId() + "-adopt", "adopt what a replay was matched by")) {
        sender.send(records);
      }
      return new Outcome(atWork, atWork ? awaited(log, at, expected) : new TreeMap<>());
    }
  }

  private SortedMap<Integer, ThresholdChange> awaited(
      TopicReader log, Instant at, Collection<Integer> expected) {
    SortedMap<Integer, ThresholdChange> changes = new TreeMap<>();
    long start = System.nanoTime();
    while (!changes.keySet().containsAll(expected)
        && System.nanoTime() - start < patience.toNanos()) {
      if (known.stopped().getAsBoolean()) {
        throw new StoppedException();
      }
      log.poll(
          POLL,
          record -> {
            if (ThresholdChange.isKey(record.key())) {
              ThresholdChange change = CHANGE.read(record.value());
              if (change.at().equals(at)) {
                changes.put(record.partition(), change);
              }
            }
          });
    }
    return changes;
  }
}
