package io.twinstream.standalone.operate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinstream.app.TopicReader;
import io.twinstream.schema.EventId;
import io.twinstream.schema.FailureReason;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.SourceHeaders;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.serde.ImageEvent;
import io.twinstream.schema.serde.ImageKeySerde;
import io.twinstream.schema.serde.UnreadableEventException;
import io.twinstream.schema.topic.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Sends images once more whose latest verdict is that they failed, as new events like those that
 * failed. An image that has a newer event on its way already is left alone, also if it came while
 * this one reads, up to the moment before sending; so a second run right after a first one, or
 * after one that was cut off, sends nothing twice. In memory is an entry an image that is chosen.
 */
public final class FailedImages {
  private static final EventCodec<Verdict> VERDICT = EventCodec.json(Verdict.class);
  private static final EventCodec<ImageMetadata> IMAGE = EventCodec.json(ImageMetadata.class);

  /** Readers wait for an open transaction, so it has to be short. */
  private static final int BATCH = 500;

  private final KnownTopics known;
  private final Topics topics;
  private final Progress progress;

  /**
   * @param bootstrapServers of a cluster that is up
   * @param stopped asked before each record; once it says yes, no more is sent
   */
  public FailedImages(
      String bootstrapServers, Topics topics, BooleanSupplier stopped, Progress progress) {
    this.known = new KnownTopics(bootstrapServers, stopped);
    this.topics = topics;
    this.progress = progress;
  }

  /**
   * What was done.
   *
   * @param byReason how many images were sent once more, or would have been, by why they had failed
   * @param underWay how many others had a newer event on its way already
   */
  public record Outcome(SortedMap<FailureReason, Long> byReason, long underWay) {
    /** Of all reasons. */
    public long total() {
      return byReason.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * @param state where the verdict stands
   * @param event what was judged
   */
  private record Failure(EventId state, EventId event, FailureReason reason) {}

  /**
   * Counts what {@link #retry} would send.
   *
   * @param which of the failed ones
   */
  public Outcome count(Predicate<Verdict.DownloadFailed> which) {
    Map<ImageKey, Failure> failures = failures(which);
    if (failures.isEmpty()) {
      return new Outcome(new TreeMap<>(), 0);
    }
    try (TopicReader events = eventsAfter(failures)) {
      long underWay = leaveAlone(failures, events);
      return new Outcome(byReason(failures), underWay);
    }
  }

  /**
   * Sends those images once more, in transactions of some hundreds.
   *
   * @param which of the failed ones
   * @throws io.twinstream.standalone.engine.RefusedException if a topic is missing
   * @throws io.twinstream.standalone.engine.BrokenException if the cluster does not answer, or
   *     somebody else has begun to do the same; what was sent so far is sent
   */
  public Outcome retry(Predicate<Verdict.DownloadFailed> which) {
    Map<ImageKey, Failure> failures = failures(which);
    if (failures.isEmpty()) {
      return new Outcome(new TreeMap<>(), 0);
    }
    try (TopicReader events = eventsAfter(failures);
        TransactionalSender producer = TransactionalSender.ofEvents(known, topics)) {
      Sending sending = new Sending(failures, events, producer);
      sending.leaveAloneNow();
      read(
          topics.imageState(),
          "verdicts, to send what failed once more",
          reader ->
              KnownTopics.skipTo(reader, failures.values().stream().map(Failure::state).toList()),
          sending::take);
      sending.send();
      return new Outcome(sending.sent, sending.underWay);
    }
  }

  /** What is left to send, and what is in hand. */
  private final class Sending {
    private final Map<ImageKey, Failure> failures;
    private final TopicReader events;
    private final TransactionalSender producer;
    private final Map<ImageKey, ProducerRecord<byte[], byte[]>> batch = new HashMap<>();
    private final SortedMap<FailureReason, Long> sent = new TreeMap<>();
    private long underWay;

    private Sending(
        Map<ImageKey, Failure> failures, TopicReader events, TransactionalSender producer) {
      this.failures = failures;
      this.events = events;
      this.producer = producer;
    }

    private void leaveAloneNow() {
      underWay += leaveAlone(failures, events);
    }

    private void take(ConsumerRecord<byte[], byte[]> verdict) {
      ImageKey key = ImageKeySerde.read(verdict.key());
      Failure failure = failures.get(key);
      if (failure != null && failure.state.equals(placeOf(verdict))) {
        batch.put(key, event(verdict, failure));
        if (batch.size() == BATCH) {
          send();
        }
      }
    }

    /** Reading all verdicts takes long: by now some images may have a newer event. */
    private void send() {
      events.extend();
      leaveAloneNow();
      batch.keySet().retainAll(failures.keySet());
      producer.send(batch.values());
      batch.keySet().forEach(key -> sent.merge(failures.remove(key).reason, 1L, Long::sum));
      batch.clear();
    }
  }

  private void read(
      String topic,
      String what,
      Consumer<TopicReader> start,
      Consumer<ConsumerRecord<byte[], byte[]>> each) {
    try (TopicReader reader = known.open(topic, KnownTopics.MADE_BY)) {
      start.accept(reader);
      known.toEnd(reader, what, progress, each);
    }
  }

  private Map<ImageKey, Failure> failures(Predicate<Verdict.DownloadFailed> which) {
    Map<ImageKey, Failure> failures = new HashMap<>();
    read(
        topics.imageState(),
        "verdicts",
        reader -> {},
        record -> {
          ImageKey key = ImageKeySerde.read(record.key());
          Verdict verdict = VERDICT.read(record.value());
          if (verdict instanceof Verdict.DownloadFailed failed && which.test(failed)) {
            failures.put(key, new Failure(placeOf(record), failed.event(), failed.reason()));
          } else {
            failures.remove(key);
          }
        });
    return failures;
  }

  private TopicReader eventsAfter(Map<ImageKey, Failure> failures) {
    TopicReader events = known.open(topics.imageMetadata(), KnownTopics.MADE_BY);
    KnownTopics.skipTo(events, failures.values().stream().map(Failure::event).toList());
    return events;
  }

  /** Drops those with a newer event, and says how many these are. */
  private long leaveAlone(Map<ImageKey, Failure> failures, TopicReader events) {
    long before = failures.size();
    known.toEnd(
        events, "events, for newer ones", progress, record -> dropIfNewer(record, failures));
    return before - failures.size();
  }

  private static void dropIfNewer(
      ConsumerRecord<byte[], byte[]> record, Map<ImageKey, Failure> failures) {
    try {
      ImageKey key = ImageKeySerde.read(record.key());
      Failure failure = failures.get(key);
      if (failure != null
          && failure.event.partition() == record.partition()
          && failure.event.offset() < record.offset()) {
        var _ = ImageEvent.read(record.key(), record.value(), record.headers());
        failures.remove(key);
      }
    } catch (UnreadableEventException e) {
      // A dead letter: no event.
    }
  }

  private ProducerRecord<byte[], byte[]> event(
      ConsumerRecord<byte[], byte[]> verdict, Failure failure) {
    RecordHeaders headers = new RecordHeaders(verdict.headers());
    headers.remove(SourceHeaders.RETRY_OF);
    headers.add(SourceHeaders.RETRY_OF, failure.event.toString().getBytes(UTF_8));
    return new ProducerRecord<>(
        topics.imageMetadata(),
        // All events of an image have to be on one partition, whoever placed the first.
        failure.event.partition(),
        verdict.key(),
        IMAGE.write(VERDICT.read(verdict.value()).image()),
        headers);
  }

  private static SortedMap<FailureReason, Long> byReason(Map<ImageKey, Failure> failures) {
    SortedMap<FailureReason, Long> counts = new TreeMap<>();
    failures.values().forEach(failure -> counts.merge(failure.reason, 1L, Long::sum));
    return counts;
  }

  private static EventId placeOf(ConsumerRecord<byte[], byte[]> record) {
    return new EventId(record.topic(), record.partition(), record.offset());
  }
}
