package io.twinstream.standalone.operate;

import io.twinstream.app.TopicReader;
import io.twinstream.schema.FetchInstruction;
import io.twinstream.schema.FetchSubject;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.serde.FetchSubjectSerde;
import io.twinstream.schema.serde.UnreadableEventException;
import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.engine.BrokenException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What operators have said about fetching, on {@code image-fetch-control}. A word about a host
 * leaves standing what was said before of other things about it.
 */
public final class Instructions {
  private static final EventCodec<FetchInstruction> INSTRUCTION =
      EventCodec.json(FetchInstruction.class);

  private static final int DELIVERY_TIMEOUT_MS = 30_000;

  private final KnownTopics known;
  private final String topic;

  /**
   * @param bootstrapServers of a cluster that is up
   */
  public Instructions(String bootstrapServers, Topics topics) {
    this.known = new KnownTopics(bootstrapServers);
    this.topic = topics.fetchControl();
  }

  /**
   * All that holds at this moment, in the order of their keys. What the app passes over is passed
   * over.
   *
   * @throws io.twinstream.standalone.engine.RefusedException if there is no such topic
   * @throws BrokenException if the cluster does not answer
   */
  public Map<FetchSubject, FetchInstruction> read() {
    Map<FetchSubject, FetchInstruction> all =
        new TreeMap<>(Comparator.comparing(FetchSubject::toString));
    try (TopicReader reader = known.open(topic, KnownTopics.MADE_BY)) {
      known.toEnd(reader, topic, Progress.NONE, record -> apply(record, all));
    }
    return all;
  }

  private static void apply(
      ConsumerRecord<byte[], byte[]> record, Map<FetchSubject, FetchInstruction> all) {
    try {
      FetchSubject subject = FetchSubjectSerde.read(record.key());
      FetchInstruction said = INSTRUCTION.read(record.value());
      if (said == null) {
        all.remove(subject);
      } else {
        all.put(subject, said);
      }
    } catch (UnreadableEventException e) {
      // As if it weren't there.
    }
  }

  /** Stops a host. */
  public void stop(FetchSubject.Host host, String note, Instant now) {
    say(host, new FetchInstruction(true, cancelledBefore(host), now, note));
  }

  /**
   * Resumes a host.
   *
   * @return whether it was stopped
   */
  public boolean resume(FetchSubject.Host host, Instant now) {
    FetchInstruction before = read().get(host);
    if (before == null) {
      return false;
    }
    // What was cancelled stays so: an instance that is down now has not heard of it.
    say(
        host,
        before.cancels()
            ? new FetchInstruction(false, before.cancelledBefore(), now, before.note())
            : null);
    return before.stopped();
  }

  /** Gives up what came for some subjects before that time. */
  public void cancel(Collection<FetchSubject> subjects, Instant before, String note, Instant now) {
    Map<FetchSubject, FetchInstruction> earlier = read();
    Map<FetchSubject, FetchInstruction> said = new HashMap<>();
    for (FetchSubject subject : subjects) {
      FetchInstruction stands = earlier.get(subject);
      said.put(
          subject, new FetchInstruction(stands != null && stands.stopped(), before, now, note));
    }
    say(said);
  }

  private Instant cancelledBefore(FetchSubject subject) {
    FetchInstruction before = read().get(subject);
    return before == null ? FetchInstruction.NEVER : before.cancelledBefore();
  }

  private void say(FetchSubject subject, FetchInstruction said) {
    say(Collections.singletonMap(subject, said));
  }

  /** A null value takes back what was said. */
  private void say(Map<FetchSubject, FetchInstruction> all) {
    Map<String, Object> config =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            known.bootstrapServers(),
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            DELIVERY_TIMEOUT_MS,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            DELIVERY_TIMEOUT_MS / 2,
            ProducerConfig.ENABLE_METRICS_PUSH_CONFIG,
            false);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      all.forEach((subject, said) ->
          sent.add(
              producer.send(
                  new ProducerRecord<>(
                      topic, FetchSubjectSerde.write(subject), INSTRUCTION.write(said)))));
      producer.flush();
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new BrokenException(
          "%s was not told: %s".formatted(topic, e.getCause().getMessage()), e.getCause());
    } catch (KafkaException e) {
      throw known.unanswered(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrokenException("interrupted; whether %s was told is open".formatted(topic), e);
    }
  }
}
