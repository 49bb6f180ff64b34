package io.twinstream.standalone.bench;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.engine.BrokenException;
import io.twinstream.standalone.engine.EmbeddedBroker;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong while a store is filled ends that. */
@Timeout(120)
class FeedIT {
  private static final Topics TOPICS = new Topics("");

  @TempDir private Path folder;

  @Test
  void aFingerprintThatTheBrokerDoesNotTakeEndsIt() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"))) {
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
        NewTopic narrow =
            new NewTopic(TOPICS.fetchedImages(), 1, (short) 1)
                .configs(Map.of("max.message.bytes", "100"));
        admin.createTopics(List.of(narrow)).all().get();
      }
      try (Feed feed = new Feed(broker.bootstrapServers(), TOPICS, TestCodes.random(256, 10, 1))) {
        assertThatExceptionOfType(BrokenException.class)
            .isThrownBy(() -> feed.send(0, 10))
            .withMessageContaining("the broker did not take a fingerprint")
            .withMessageContaining("larger than the max message size");
      }
    }
  }

  @Test
  void anInstanceThatEndsByItselfIsNotWaitedForAndItsLastWordsAreTold() {
    try (StreamProcess process =
        StreamProcess.start(
            "io.twinstream.standalone.Main",
            folder.resolve("stream.log"),
            List.of("--state=" + folder.resolve("state"), "--threads=0"))) {
      assertThatExceptionOfType(BrokenException.class)
          .isThrownBy(() -> process.await(0))
          .withMessageContaining("ended by itself")
          .withMessageContaining("--threads is 1 or more, not 0");
    }
  }
}
