package io.twinstream.standalone.operate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinstream.app.TopicReader;
import io.twinstream.schema.EventId;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.SourceHeaders;
import io.twinstream.schema.serde.ImageEvent;
import io.twinstream.schema.serde.ImageKeySerde;
import io.twinstream.schema.serde.UnreadableEventException;
import io.twinstream.schema.topic.Topics;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Puts dead letters back on {@code image-metadata} as they came. What was put back before is known
 * by a header of the event there, and an image with a newer event is left alone, also if that came
 * while this one reads, up to the moment before sending; so is a letter whose event has expired,
 * since what came after it may have, too. In memory is an entry a letter that is chosen.
 */
public final class LetterRetry {
  /** Readers wait for an open transaction, so it has to be short. */
  private static final int BATCH = 500;

  private final KnownTopics known;
  private final Topics topics;
  private final Progress progress;
  private final boolean unreadableToo;

  /**
   * @param known of a cluster that is up; once they are stopped, no more is sent
   * @param unreadableToo whether to send what would be a dead letter once more if an app of this
   *     version read it
   */
  public LetterRetry(KnownTopics known, Topics topics, Progress progress, boolean unreadableToo) {
    this.known = known;
    this.topics = topics;
    this.progress = progress;
    this.unreadableToo = unreadableToo;
  }

  /** What becomes of a letter that is chosen. */
  public enum Fate {
    /** It is sent once more, or would be. */
    SENT,
    /** It was sent once more before. */
    SENT_BEFORE,
    /** Its image has a newer event. */
    NEWER_EVENT,
    /** What came after its event is no longer all there, so nobody can tell. */
    EVENT_EXPIRED,
    /** The letter has not all that the record had. */
    CUT,
    /** It never was an event: a connector's, or of another topic. */
    NO_EVENT,
    /** It would become a dead letter again. */
    UNREADABLE
  }

  /**
   * What was done.
   *
   * @param letters how many met which fate
   */
  public record Outcome(Map<Fate, Long> letters) {
    public Outcome {
      letters = Map.copyOf(letters);
    }

    /** How many met it. */
    public long of(Fate fate) {
      return letters.getOrDefault(fate, 0L);
    }
  }

  /** Says what {@link #retry} would do. */
  public Outcome count(LetterChoice which) {
    try (TopicReader events = known.open(topics.imageMetadata(), KnownTopics.MADE_BY)) {
      Work work = new Work(events);
      work.choose(which);
      work.fates.merge(Fate.SENT, (long) work.waiting.size(), Long::sum);
      return new Outcome(work.fates);
    }
  }

  /**
   * Sends them once more, in transactions of some hundreds.
   *
   * @throws io.twinstream.standalone.engine.RefusedException if a topic or a letter is missing
   * @throws io.twinstream.standalone.engine.BrokenException if the cluster does not answer, or
   *     somebody else has begun to send events once more; what was sent so far is sent
   */
  public Outcome retry(LetterChoice which) {
    try (TopicReader events = known.open(topics.imageMetadata(), KnownTopics.MADE_BY)) {
      Work work = new Work(events);
      work.choose(which);
      if (!work.waiting.isEmpty()) {
        try (TransactionalSender sender = TransactionalSender.ofEvents(known, topics)) {
          work.sendAll(sender);
        }
      }
      return new Outcome(work.fates);
    }
  }

  /**
   * @param key of its image; empty if it has none that could be read
   */
  private record Waiting(EventId event, Optional<ImageKey> key) {}

  /** What is left to send, and what became of the others. Letters are named by their ids. */
  private final class Work {
    private final TopicReader events;
    private final Map<Fate, Long> fates = new EnumMap<>(Fate.class);
    private final Map<EventId, Waiting> waiting = new HashMap<>();
    private final Map<ImageKey, Set<EventId>> byImage = new HashMap<>();

    private Work(TopicReader events) {
      this.events = events;
    }

    private void choose(LetterChoice which) {
      Set<LetterPlace> missing = new HashSet<>(which.places());
      try (TopicReader letters = known.open(topics.deadLetters(), KnownTopics.MADE_BY)) {
        if (!missing.isEmpty()) {
          KnownTopics.skipTo(
              letters, missing.stream().map(it -> it.on(topics.deadLetters())).toList());
        }
        known.toEnd(
            letters,
            "dead letters",
            progress,
            record -> {
              Letter letter = new Letter(record);
              missing.remove(letter.place());
              if (which.test(letter)) {
                enter(letter);
              }
            });
      }
      if (!missing.isEmpty()) {
        throw new DeadLetters(known, topics, progress).missing(missing.iterator().next());
      }
      KnownTopics.skipTo(events, waiting.values().stream().map(Waiting::event).toList());
      leaveAlone();
    }

    private void enter(Letter letter) {
      Optional<EventId> event = letter.event().filter(this::isOnEvents);
      if (event.isEmpty()) {
        met(Fate.NO_EVENT);
      } else if (event.get().offset() < events.starts().get(event.get().partition())) {
        met(Fate.EVENT_EXPIRED);
      } else if (letter.isCut()) {
        met(Fate.CUT);
      } else if (!unreadableToo && !letter.isReadable(topics.deadLetters())) {
        met(Fate.UNREADABLE);
      } else {
        EventId id = letter.place().on(topics.deadLetters());
        Optional<ImageKey> key = keyOf(letter.key());
        waiting.put(id, new Waiting(event.get(), key));
        key.ifPresent(image -> byImage.computeIfAbsent(image, _ -> new HashSet<>()).add(id));
      }
    }

    private boolean isOnEvents(EventId event) {
      return event.topic().equals(topics.imageMetadata())
          && events.starts().containsKey(event.partition());
    }

    /** Drops those that were sent before, and those of images with a newer event. */
    private void leaveAlone() {
      known.toEnd(events, "events, for newer ones", progress, this::see);
    }

    private void see(ConsumerRecord<byte[], byte[]> record) {
      Optional<EventId> was = letterOf(record);
      if (was.isPresent() && waiting.containsKey(was.get())) {
        drop(was.get(), Fate.SENT_BEFORE);
        return;
      }
      Optional<ImageKey> image = keyOf(record.key());
      if (image.isPresent() && byImage.containsKey(image.get()) && isReadable(record)) {
        for (EventId letter : List.copyOf(byImage.get(image.get()))) {
          EventId event = waiting.get(letter).event;
          if (event.partition() == record.partition() && event.offset() < record.offset()) {
            drop(letter, Fate.NEWER_EVENT);
          }
        }
      }
    }

    private void drop(EventId letter, Fate fate) {
      waiting
          .remove(letter)
          .key
          .ifPresent(image ->
              byImage.compute(
                  image,
                  (_, letters) -> {
                    letters.remove(letter);
                    return letters.isEmpty() ? null : letters;
                  }));
      met(fate);
    }

    private void met(Fate fate) {
      fates.merge(fate, 1L, Long::sum);
    }

    private void sendAll(TransactionalSender sender) {
      Map<EventId, ProducerRecord<byte[], byte[]>> batch = new LinkedHashMap<>();
      try (TopicReader letters = known.open(topics.deadLetters(), KnownTopics.MADE_BY)) {
        KnownTopics.skipTo(letters, waiting.keySet());
        known.toEnd(
            letters,
            "dead letters, to send them once more",
            progress,
            record -> {
              Letter letter = new Letter(record);
              EventId id = letter.place().on(topics.deadLetters());
              if (waiting.containsKey(id)) {
                batch.put(id, letter.asEvent(topics.deadLetters()));
                if (batch.size() == BATCH) {
                  send(batch, sender);
                }
              }
            });
      }
      send(batch, sender);
    }

    /** Reading takes long: by now some images may have a newer event. */
    private void send(
        Map<EventId, ProducerRecord<byte[], byte[]>> batch, TransactionalSender sender) {
      events.extend();
      leaveAlone();
      batch.keySet().retainAll(waiting.keySet());
      sender.send(batch.values());
      batch.keySet().forEach(letter -> drop(letter, Fate.SENT));
      batch.clear();
    }
  }

  private static boolean isReadable(ConsumerRecord<byte[], byte[]> record) {
    try {
      var _ = ImageEvent.read(record.key(), record.value(), record.headers());
      return true;
    } catch (UnreadableEventException e) {
      return false;
    }
  }

  private static Optional<ImageKey> keyOf(byte[] key) {
    try {
      return Optional.of(ImageKeySerde.read(key));
    } catch (UnreadableEventException e) {
      return Optional.empty();
    }
  }

  /** The letter that an event was before, if it says so. */
  private static Optional<EventId> letterOf(ConsumerRecord<byte[], byte[]> event) {
    Header header = event.headers().lastHeader(SourceHeaders.DEAD_LETTER);
    try {
      return header == null || header.value() == null
          ? Optional.empty()
          : Optional.of(EventId.parse(new String(header.value(), UTF_8)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
