package io.twinstream.standalone.verify;

import io.twinstream.app.TopicReader;
import io.twinstream.schema.EventId;
import io.twinstream.schema.FetchResult;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.operate.KnownTopics;
import io.twinstream.standalone.operate.Progress;
import io.twinstream.topology.PendingChangelog;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;

/**
 * Which events the app has still to do with: not read yet, waiting to be fetched, or fetched and
 * not judged yet. Read in this order, which is that of an event's way, so that none slips through.
 */
record Underway(Map<Integer, Long> read, Set<EventId> waiting) {
  private static final EventCodec<FetchResult> RESULT = EventCodec.smile(FetchResult.class);

  private record Row(int partition, Bytes key) {}

  static Underway of(KnownTopics known, Topics topics, Progress progress) {
    Map<Integer, Long> read = committed(known, topics, topics.imageMetadata());
    Set<EventId> waiting = new HashSet<>();
    String queue = PendingChangelog.topic(topics);
    // Kafka Streams makes it when the app first starts.
    if (exists(known, queue)) {
      waiting.addAll(pending(known, topics, queue, progress));
    }
    Map<Integer, Long> judged = committed(known, topics, topics.fetchedImages());
    try (TopicReader reader = known.open(topics.fetchedImages(), "run: twinstream topics")) {
      reader.skipBefore(judged);
      known.toEnd(
          reader,
          "results of fetching",
          progress,
          record -> waiting.add(RESULT.read(record.value()).event()));
    }
    return new Underway(read, waiting);
  }

  private static Set<EventId> pending(
      KnownTopics known, Topics topics, String queue, Progress progress) {
    Map<Row, EventId> rows = new HashMap<>();
    try (TopicReader reader = known.open(queue, "run: twinstream topics")) {
      known.toEnd(
          reader,
          "the queue of pending events",
          progress,
          record -> {
            if (!PendingChangelog.isRow(record.key())) {
              return;
            }
            Row row = new Row(record.partition(), Bytes.wrap(record.key()));
            if (record.value() == null) {
              rows.remove(row);
            } else {
              rows.put(
                  row,
                  PendingChangelog.row(topics, record.partition(), record.key(), record.value())
                      .event());
            }
          });
    }
    return new HashSet<>(rows.values());
  }

  private static boolean exists(KnownTopics known, String topic) {
    return ask(known, admin -> admin.listTopics().names().get().contains(topic));
  }

  private static Map<Integer, Long> committed(KnownTopics known, Topics topics, String topic) {
    Map<TopicPartition, OffsetAndMetadata> offsets =
        ask(
            known,
            admin ->
                admin
                    .listConsumerGroupOffsets(topics.applicationId())
                    .partitionsToOffsetAndMetadata()
                    .get());
    return offsets.entrySet().stream()
        .filter(one -> one.getKey().topic().equals(topic) && one.getValue() != null)
        .collect(Collectors.toMap(one -> one.getKey().partition(), one -> one.getValue().offset()));
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask(Admin admin) throws ExecutionException, InterruptedException;
  }

  private static <T> T ask(KnownTopics known, Question<T> question) {
    try (Admin admin =
        Admin.create(
            Map.of("bootstrap.servers", known.bootstrapServers(), "enable.metrics.push", false))) {
      return question.ask(admin);
    } catch (ExecutionException e) {
      throw known.unanswered(
          e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw known.unanswered(new KafkaException("interrupted", e));
    }
  }

  boolean has(EventId event) {
    return event.offset() >= read.getOrDefault(event.partition(), 0L) || waiting.contains(event);
  }
}
