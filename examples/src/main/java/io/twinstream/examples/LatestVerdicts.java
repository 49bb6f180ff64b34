package io.twinstream.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * How images stand after a replay: of all verdicts of an image, the live one and those of replays,
 * the one that was judged last holds. {@code image-state} says which images there are; what is not
 * there any more was removed, whatever a replay of before has said of it.
 *
 * <p>Reads everything there is, prints it, and ends. A consumer that goes on keeps the map, and
 * takes what comes by the same rule.
 */
public final class LatestVerdicts {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, JsonNode> latest = new TreeMap<>();

  /**
   * Takes a record of {@code image-state}.
   *
   * @param value null if the image was removed
   */
  void state(String image, String value) throws Exception {
    if (value == null) {
      latest.remove(image);
    } else {
      latest.put(image, JSON.readTree(value));
    }
  }

  /** Takes a verdict of a replay, after all of {@code image-state}. */
  void replayed(String image, String value) throws Exception {
    JsonNode verdict = JSON.readTree(value);
    JsonNode other = latest.get(image);
    if (other != null && judgedAt(other).isBefore(judgedAt(verdict))) {
      latest.put(image, verdict);
    }
  }

  private static Instant judgedAt(JsonNode verdict) {
    return Instant.parse(verdict.required("judgedAt").asText());
  }

  /** Prints image, verdict, run and original of each image, parted by tabs. */
  void print(PrintStream out) {
    latest.forEach((image, verdict) ->
        out.printf(
            "%s\t%s\t%s\t%s%n",
            image,
            verdict.required("verdict").asText(),
            verdict.required("run").asText(),
            verdict.at("/original/id").asText()));
  }

  /**
   * Reads and prints.
   *
   * @param args the cluster, then the names of replays, with the prefix of the topics if they have
   *     one
   */
  public static void main(String... args) throws Exception {
    LatestVerdicts verdicts = new LatestVerdicts();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", args[0], "isolation.level", "read_committed"),
            new StringDeserializer(),
            new StringDeserializer())) {
      read(consumer, "image-state", verdicts::state);
      for (String run : List.of(args).subList(1, args.length)) {
        read(consumer, run + ".unique", verdicts::replayed);
        read(consumer, run + ".duplicate-found", verdicts::replayed);
      }
    }
    verdicts.print(System.out);
  }

  @FunctionalInterface
  private interface Taker {
    void take(String image, String value) throws Exception;
  }

  private static void read(KafkaConsumer<String, String> consumer, String topic, Taker taker)
      throws Exception {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    // By position: the last offsets of a topic can be marks of transactions, which nobody is given.
    while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
      for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
        taker.take(record.key(), record.value());
      }
    }
  }
}
