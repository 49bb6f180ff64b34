package io.twinstream.standalone.verify;

import io.twinstream.app.TopicReader;
import io.twinstream.schema.EventId;
import io.twinstream.schema.FetchResult;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.serde.UnreadableEventException;
import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.engine.StoppedException;
import io.twinstream.standalone.operate.KnownTopics;
import io.twinstream.standalone.operate.PendingEvents;
import io.twinstream.standalone.operate.Progress;
import io.twinstream.topology.PendingChangelog;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Which events the app has still to do with: not read yet, waiting to be fetched, or fetched and
 * not judged yet. Read in this order, which is that of an event's way, so that none slips through.
 */
record Underway(Map<Integer, Long> read, Set<EventId> waiting) {
  private static final EventCodec<FetchResult> RESULT = EventCodec.smile(FetchResult.class);

  static Underway of(KnownTopics known, Topics topics, Progress progress) {
    try (Admin admin =
        Admin.create(
            Map.of("bootstrap.servers", known.bootstrapServers(), "enable.metrics.push", false))) {
      Map<Integer, Long> read = committed(admin, topics, topics.imageMetadata());
      Set<EventId> waiting = new HashSet<>();
      // Kafka Streams makes it when the app first starts.
      if (admin.listTopics().names().get().contains(PendingChangelog.topic(topics))) {
        waiting.addAll(new PendingEvents(known, topics).events(progress));
      }
      Map<Integer, Long> judged = committed(admin, topics, topics.fetchedImages());
      try (TopicReader reader = known.open(topics.fetchedImages(), "run: twinstream topics")) {
        reader.skipBefore(judged);
        known.toEnd(
            reader,
            "results of fetching",
            progress,
            record -> event(record).ifPresent(waiting::add));
      }
      return new Underway(read, waiting);
    } catch (ExecutionException e) {
      throw known.unanswered(
          e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException();
    }
  }

  /** Somebody else may have written to the topic; the app stops at such a record. */
  private static Optional<EventId> event(ConsumerRecord<byte[], byte[]> record) {
    try {
      return Optional.ofNullable(RESULT.read(record.value())).map(FetchResult::event);
    } catch (UnreadableEventException e) {
      return Optional.empty();
    }
  }

  private static Map<Integer, Long> committed(Admin admin, Topics topics, String topic)
      throws ExecutionException, InterruptedException {
    return admin
        .listConsumerGroupOffsets(topics.applicationId())
        .partitionsToOffsetAndMetadata()
        .get()
        .entrySet()
        .stream()
        .filter(one -> one.getKey().topic().equals(topic) && one.getValue() != null)
        .collect(Collectors.toMap(one -> one.getKey().partition(), one -> one.getValue().offset()));
  }

  boolean has(EventId event) {
    return event.offset() >= read.getOrDefault(event.partition(), 0L) || waiting.contains(event);
  }
}
