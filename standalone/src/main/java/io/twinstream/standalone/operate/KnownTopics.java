package io.twinstream.standalone.operate;

import io.twinstream.app.TopicReader;
import io.twinstream.schema.EventId;
import io.twinstream.standalone.engine.BrokenException;
import io.twinstream.standalone.engine.RefusedException;
import io.twinstream.standalone.engine.StoppedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * The topics of a cluster, read by whoever asks.
 *
 * @param bootstrapServers of the cluster, which is up
 * @param stopped asked before each record; once it says yes, no more is read
 */
public record KnownTopics(String bootstrapServers, BooleanSupplier stopped) {
  /** The hint for topics of the app. */
  public static final String MADE_BY = "it is made by: twinstream topics";

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Read to the end, whatever happens. */
  KnownTopics(String bootstrapServers) {
    this(bootstrapServers, () -> false);
  }

  /**
   * Opens a topic.
   *
   * @param hint what makes the topic, should it be missing
   * @throws RefusedException if there is no such topic
   * @throws BrokenException if the cluster does not answer
   */
  public TopicReader open(String topic, String hint) {
    try {
      return TopicReader.open(bootstrapServers, topic);
    } catch (IllegalStateException e) {
      throw new RefusedException("%s at %s; %s".formatted(e.getMessage(), bootstrapServers, hint));
    } catch (KafkaException e) {
      throw unanswered(e);
    }
  }

  /**
   * Opens several topics, or none.
   *
   * @param hint what makes them, should one be missing
   * @throws RefusedException if one is missing
   * @throws BrokenException if the cluster does not answer
   */
  public List<TopicReader> openAll(List<String> topics, String hint) {
    List<TopicReader> opened = new ArrayList<>();
    try {
      topics.forEach(topic -> opened.add(open(topic, hint)));
      return List.copyOf(opened);
    } catch (RuntimeException e) {
      opened.forEach(TopicReader::close);
      throw e;
    }
  }

  /**
   * Reads on to the end that the topic had when it was opened.
   *
   * @param what it is that is read, for the progress
   * @throws BrokenException if the cluster does not answer for a minute
   * @throws StoppedException if it was stopped
   */
  public void toEnd(
      TopicReader reader,
      String what,
      Progress progress,
      Consumer<ConsumerRecord<byte[], byte[]>> each) {
    try {
      long done = reader.done();
      long moved = System.nanoTime();
      while (!reader.isAtEnd()) {
        reader.poll(
            POLL,
            record -> {
              if (stopped.getAsBoolean()) {
                throw new StoppedException();
              }
              each.accept(record);
            });
        progress.at(what, Math.min(reader.done(), reader.total()), reader.total());
        if (reader.done() != done) {
          done = reader.done();
          moved = System.nanoTime();
        } else if (System.nanoTime() - moved > PATIENCE.toNanos()) {
          throw new BrokenException(
              "%s: nothing came for %d s".formatted(bootstrapServers, PATIENCE.toSeconds()));
        }
      }
    } catch (KafkaException e) {
      throw unanswered(e);
    }
  }

  /**
   * Skips what stands before the first of some records in each partition.
   *
   * @param records of the reader's topic; of partitions without any everything is skipped
   */
  static void skipTo(TopicReader reader, Collection<EventId> records) {
    Map<Integer, Long> firsts = new HashMap<>();
    records.forEach(record -> firsts.merge(record.partition(), record.offset(), Math::min));
    reader.skipTo(firsts);
  }

  /** A question to the cluster. */
  @FunctionalInterface
  public interface Question<T> {
    /** Waits for the answer. */
    T ask() throws ExecutionException, InterruptedException;
  }

  /**
   * Asks the cluster.
   *
   * @throws BrokenException if it does not answer, or refuses
   * @throws StoppedException if this thread was interrupted
   */
  public <T> T ask(Question<T> question) {
    try {
      return question.ask();
    } catch (ExecutionException e) {
      throw unanswered(
          e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException();
    }
  }

  /** How far a group has read a topic, by partition; of those of which it has said so. */
  public Map<Integer, Long> committed(String group, String topic) {
    try (Admin admin = admin()) {
      return ask(() -> admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get())
          .entrySet()
          .stream()
          .filter(one -> one.getKey().topic().equals(topic) && one.getValue() != null)
          .collect(
              Collectors.toMap(one -> one.getKey().partition(), one -> one.getValue().offset()));
    }
  }

  /** What administers the cluster; to be closed. */
  public Admin admin() {
    return Admin.create(
        Map.of("bootstrap.servers", bootstrapServers, "enable.metrics.push", false));
  }

  /**
   * What to throw when a transaction has failed.
   *
   * @param work what it was for, in case that somebody else does that now
   */
  public BrokenException unsent(KafkaException e, String work) {
    return e instanceof ProducerFencedException || e instanceof InvalidProducerEpochException
        ? new BrokenException("somebody else has begun to %s".formatted(work), e)
        : unanswered(e);
  }

  /** What to throw when the cluster has not answered. */
  public BrokenException unanswered(KafkaException e) {
    return new BrokenException("%s: %s".formatted(bootstrapServers, e.getMessage()), e);
  }
}
