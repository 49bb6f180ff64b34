package io.twinstream.standalone.chaos;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** What is done wrong on purpose, to see whether it is found. */
public enum Sabotage {
  NONE,
  /** One verdict is left out. */
  DROP,
  /** One verdict names a distance that it is not. */
  ALTER,
  /** At least once, and killed between sending verdicts and committing. */
  AT_LEAST_ONCE;

  /** Settings of Kafka Streams in an instance that was started so often before. */
  Map<String, String> settings(int starts) {
    Map<String, String> settings = new HashMap<>();
    switch (this) {
      case NONE -> {}
      case DROP, ALTER -> {
        settings.put(
            StreamsConfig.producerPrefix(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG),
            Saboteur.class.getName());
        settings.put(StreamsConfig.producerPrefix(Saboteur.HOW), name());
      }
      case AT_LEAST_ONCE -> {
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        if (starts == 0) {
          settings.put(StreamsConfig.DEFAULT_CLIENT_SUPPLIER_CONFIG, DyingClients.class.getName());
        }
      }
    }
    return settings;
  }

  /** As it is given on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
