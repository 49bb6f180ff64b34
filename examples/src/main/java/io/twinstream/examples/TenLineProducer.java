package io.twinstream.examples;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Says that images exist: one event each on {@code image-metadata}. Prints where each event stands
 * in the topic, which is the event id that its verdict will carry.
 */
public final class TenLineProducer {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TenLineProducer() {}

  /**
   * Sends one event an image and waits until the broker has all of them.
   *
   * @param args the cluster, the topic, the collection, then {@code id=address} for each image
   * @throws Exception if the cluster does not take an event; those before it may have been taken,
   *     and to send all of them again does no harm
   */
  public static void main(String... args) throws Exception {
    Map<String, Object> config =
        Map.of("bootstrap.servers", args[0], "acks", "all", "enable.idempotence", true);
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (var producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      for (String image : List.of(args).subList(3, args.length)) {
        String[] parts = image.split("=", 2);
        sent.add(producer.send(event(args[1], args[2], parts[0], parts[1])));
      }
      for (Future<RecordMetadata> place : sent) {
        System.out.println(place.get());
      }
    }
  }

  /** An event. Only the id must be there; {@code attributes} would come back in the verdict. */
  static ProducerRecord<String, String> event(
      String topic, String collection, String id, String source) throws Exception {
    // The first slash of a key parts collection and id, so the collection may not have one.
    String key = collection.replace("%", "%25").replace("/", "%2F") + "/" + id;
    Map<String, Object> value = Map.of("collection", collection, "id", id, "source", source);
    return new ProducerRecord<>(topic, key, JSON.writeValueAsString(value));
  }
}
