package io.twinstream.standalone.operate;

import io.twinstream.app.TopicReader;
import io.twinstream.schema.EventId;
import io.twinstream.schema.FetchInstruction;
import io.twinstream.schema.FetchSubject;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.topic.Topics;
import io.twinstream.topology.PendingChangelog;
import io.twinstream.topology.PendingRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Bytes;

/**
 * What has no result yet, read from the changelog of the app's queue. In memory is an entry of some
 * 200 bytes a row that is chosen and still there, and the rows that are asked for; not what was
 * overwritten or deleted.
 */
public final class PendingEvents {
  private final KnownTopics known;
  private final Topics topics;

  /**
   * @param bootstrapServers of a cluster that is up
   */
  public PendingEvents(String bootstrapServers, Topics topics) {
    this(new KnownTopics(bootstrapServers), topics);
  }

  /** Reads no more once these are stopped. */
  public PendingEvents(KnownTopics known, Topics topics) {
    this.known = known;
    this.topics = topics;
  }

  /**
   * What a host has waiting.
   *
   * @param host empty for sources that bother nobody
   * @param oldest when the oldest of the rows came
   * @param due how many may be tried now
   * @param stopped whether an operator has stopped it
   */
  public record HostSum(String host, long rows, Instant oldest, long due, boolean stopped) {}

  /**
   * What is pending.
   *
   * @param hosts those with the most rows first
   * @param rows some of them, the oldest first
   */
  public record Listing(List<HostSum> hosts, List<PendingRow> rows) {
    public Listing {
      hosts = List.copyOf(hosts);
      rows = List.copyOf(rows);
    }

    /** How many rows there are, listed or not. */
    public long total() {
      return hosts.stream().mapToLong(HostSum::rows).sum();
    }
  }

  /** A row's key among all partitions. */
  private record Id(int partition, Bytes key) {
    String host() {
      return PendingChangelog.host(key.get());
    }
  }

  private record Entry(long offset, long filedAt, long dueAt) {}

  /**
   * Reads all that waits at this moment.
   *
   * @param which of a host and an image
   * @param limit so many rows are listed
   * @param instructions what operators have said
   * @throws io.twinstream.standalone.engine.RefusedException if the app never ran on that cluster
   * @throws io.twinstream.standalone.engine.BrokenException if the cluster does not answer
   */
  public Listing list(
      BiPredicate<String, ImageKey> which,
      int limit,
      Map<FetchSubject, FetchInstruction> instructions,
      Instant now,
      Progress progress) {
    try (TopicReader reader = open()) {
      Map<Id, Entry> entries =
          read(
              reader,
              progress,
              record -> {
                PendingChangelog.Head head = PendingChangelog.head(record.value());
                return which.test(PendingChangelog.host(record.key()), head.image())
                    ? new Entry(record.offset(), head.filedAt(), head.dueAt())
                    : null;
              });
      return new Listing(sums(entries, instructions, now), rows(reader, entries, limit));
    } catch (KafkaException e) {
      throw known.unanswered(e);
    }
  }

  /**
   * The events that wait at this moment.
   *
   * @throws io.twinstream.standalone.engine.RefusedException if the app never ran on that cluster
   * @throws io.twinstream.standalone.engine.BrokenException if the cluster does not answer
   */
  public Set<EventId> events(Progress progress) {
    try (TopicReader reader = open()) {
      return Set.copyOf(
          read(
                  reader,
                  progress,
                  it -> PendingChangelog.row(topics, it.partition(), it.key(), it.value()).event())
              .values());
    }
  }

  private TopicReader open() {
    return known.open(
        PendingChangelog.topic(topics),
        "with this --prefix no instance of the app has ever run there");
  }

  /**
   * The rows that are there.
   *
   * @param entry what is kept of a row; null leaves it out
   */
  private <T> Map<Id, T> read(
      TopicReader reader, Progress progress, Function<ConsumerRecord<byte[], byte[]>, T> entry) {
    Map<Id, T> rows = new HashMap<>();
    known.toEnd(
        reader,
        "the queue of pending events",
        progress,
        record -> {
          if (PendingChangelog.isRow(record.key())) {
            // Null takes out, and one that is left out once is so each time.
            rows.compute(
                new Id(record.partition(), Bytes.wrap(record.key())),
                (_, _) -> record.value() == null ? null : entry.apply(record));
          }
        });
    return rows;
  }

  private static List<HostSum> sums(
      Map<Id, Entry> entries, Map<FetchSubject, FetchInstruction> instructions, Instant now) {
    List<FetchSubject.Host> stopped = stopped(instructions);
    Map<String, HostSum> sums = new HashMap<>();
    entries.forEach((id, entry) -> {
      String host = id.host();
      sums.merge(
          host,
          new HostSum(
              host,
              1,
              Instant.ofEpochMilli(entry.filedAt()),
              entry.dueAt() <= now.toEpochMilli() ? 1 : 0,
              stopped.stream().anyMatch(one -> one.covers(host))),
          (one, other) ->
              new HostSum(
                  host,
                  one.rows() + other.rows(),
                  one.oldest().isBefore(other.oldest()) ? one.oldest() : other.oldest(),
                  one.due() + other.due(),
                  one.stopped()));
    });
    return sums.values().stream()
        .sorted(Comparator.comparingLong(HostSum::rows).reversed().thenComparing(HostSum::host))
        .toList();
  }

  private static List<FetchSubject.Host> stopped(Map<FetchSubject, FetchInstruction> instructions) {
    List<FetchSubject.Host> stopped = new ArrayList<>();
    instructions.forEach((subject, said) -> {
      if (said.stopped() && subject instanceof FetchSubject.Host host) {
        stopped.add(host);
      }
    });
    return stopped;
  }

  private List<PendingRow> rows(TopicReader reader, Map<Id, Entry> entries, int limit) {
    Map<Integer, NavigableSet<Long>> offsets = new TreeMap<>();
    oldest(entries, limit)
        .forEach(one ->
            offsets
                .computeIfAbsent(one.getKey().partition(), _ -> new TreeSet<>())
                .add(one.getValue().offset()));
    List<PendingRow> rows = new ArrayList<>();
    offsets.forEach((partition, wanted) ->
        reader.recordsAt(
            partition,
            wanted,
            it -> rows.add(PendingChangelog.row(topics, partition, it.key(), it.value()))));
    rows.sort(
        Comparator.comparing(PendingRow::filedAt).thenComparingLong(row -> row.event().offset()));
    return rows;
  }

  /** At no time more than a few beyond the limit are held apart. */
  private static List<Map.Entry<Id, Entry>> oldest(Map<Id, Entry> entries, int limit) {
    Comparator<Map.Entry<Id, Entry>> byAge =
        Comparator.comparingLong((Map.Entry<Id, Entry> one) -> one.getValue().filedAt())
            .thenComparingLong(one -> one.getValue().offset());
    PriorityQueue<Map.Entry<Id, Entry>> youngestFirst = new PriorityQueue<>(byAge.reversed());
    for (Map.Entry<Id, Entry> one : entries.entrySet()) {
      youngestFirst.add(one);
      if (youngestFirst.size() > limit) {
        youngestFirst.poll();
      }
    }
    return List.copyOf(youngestFirst);
  }
}
