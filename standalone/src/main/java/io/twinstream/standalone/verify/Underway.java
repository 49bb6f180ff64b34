package io.twinstream.standalone.verify;

import io.twinstream.app.TopicReader;
import io.twinstream.schema.EventId;
import io.twinstream.schema.FetchResult;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.serde.UnreadableEventException;
import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.operate.KnownTopics;
import io.twinstream.standalone.operate.PendingEvents;
import io.twinstream.standalone.operate.Progress;
import io.twinstream.topology.PendingChangelog;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Which events the app has still to do with: not read yet, waiting to be fetched, or fetched and
 * not judged yet. Read in this order, which is that of an event's way, so that none slips through.
 */
record Underway(Map<Integer, Long> read, Set<EventId> waiting) {
  private static final EventCodec<FetchResult> RESULT = EventCodec.smile(FetchResult.class);

  static Underway of(KnownTopics known, Topics topics, Progress progress) {
    try (Admin admin = known.admin()) {
      String app = topics.applicationId();
      Map<Integer, Long> read = known.committed(app, topics.imageMetadata());
      Set<EventId> waiting = new HashSet<>();
      // Kafka Streams makes it when the app first starts.
      if (known
          .ask(() -> admin.listTopics().names().get())
          .contains(PendingChangelog.topic(topics))) {
        waiting.addAll(new PendingEvents(known, topics).events(progress));
      }
      Map<Integer, Long> judged = known.committed(app, topics.fetchedImages());
      try (TopicReader reader = known.open(topics.fetchedImages(), "run: twinstream topics")) {
        reader.skipBefore(judged);
        known.toEnd(
            reader,
            "results of fetching",
            progress,
            record -> event(record).ifPresent(waiting::add));
      }
      return new Underway(read, waiting);
    }
  }

  /** Somebody else may have written to the topic; the app stops at such a record. */
  private static Optional<EventId> event(ConsumerRecord<byte[], byte[]> record) {
    try {
      return RESULT.read(record.value()) instanceof FetchResult.OfEvent result
          ? Optional.of(result.event())
          : Optional.empty();
    } catch (UnreadableEventException e) {
      return Optional.empty();
    }
  }

  boolean has(EventId event) {
    return event.offset() >= read.getOrDefault(event.partition(), 0L) || waiting.contains(event);
  }
}
