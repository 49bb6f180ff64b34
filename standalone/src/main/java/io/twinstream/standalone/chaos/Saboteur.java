package io.twinstream.standalone.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinstream.schema.serde.ImageKeySerde;
import io.twinstream.schema.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Spoils one verdict on its way out of an instance, so that whoever looks for errors has one to
 * find. Kafka makes it, by its name in the configuration of the producer.
 */
public final class Saboteur implements ProducerInterceptor<byte[], byte[]> {
  static final String HOW = "twinstream.sabotage";

  /** Where a verdict goes that is left out. */
  static final String NOWHERE = "twinstream-chaos-nowhere";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] VICTIM = ImageKeySerde.write(Load.LAST);
  private static final Topics TOPICS = new Topics("");

  private Sabotage how = Sabotage.NONE;

  @Override
  public void configure(Map<String, ?> config) {
    how = Sabotage.valueOf((String) config.get(HOW));
  }

  @Override
  public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
    if (!record.topic().equals(TOPICS.duplicateFound()) || !Arrays.equals(record.key(), VICTIM)) {
      return record;
    }
    return switch (how) {
      case DROP -> new ProducerRecord<>(NOWHERE, 0, record.key(), record.value());
      case ALTER ->
          new ProducerRecord<>(
              record.topic(),
              record.partition(),
              record.timestamp(),
              record.key(),
              altered(record.value()),
              record.headers());
      default -> record;
    };
  }

  /** One bit further away than it is. */
  private static byte[] altered(byte[] verdict) {
    try {
      ObjectNode tree = (ObjectNode) JSON.readTree(verdict);
      ObjectNode match = (ObjectNode) tree.path("matches").path(0);
      match.put("distance", match.path("distance").intValue() + 1);
      tree.set("original", match);
      return JSON.writeValueAsBytes(tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    // It holds nothing.
  }
}
