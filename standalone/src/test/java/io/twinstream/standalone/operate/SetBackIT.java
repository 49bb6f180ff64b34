package io.twinstream.standalone.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.twinstream.schema.Verdict;
import io.twinstream.standalone.CommandRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The matcher's place in the results of fetching, set back as kafka-consumer-groups does it. */
class SetBackIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int IMAGES = 6;

  @TempDir private Path folder;

  @Test
  @Timeout(180)
  void allIsJudgedOnceMoreAtItsPositionAndNothingIsFetched() throws Exception {
    try (OperatedCluster cluster = new OperatedCluster(folder);
        PolledServer server = new PolledServer(Duration.ZERO)) {
      cluster.startApp(1);
      IntStream.range(0, IMAGES).forEach(i -> cluster.event("" + i, server.url(i + ".jpg")));
      await().atMost(PATIENCE).until(() -> cluster.verdicts().size() == IMAGES);
      cluster.stopApp();
      int asked = server.requests();

      setBack(cluster);
      cluster.startApp(1);

      await().atMost(PATIENCE).until(() -> cluster.verdicts().size() == 2 * IMAGES);
      assertThat(server.requests()).isEqualTo(asked);
      Map<String, List<Verdict>> byImage = new HashMap<>();
      cluster
          .verdicts()
          .forEach(verdict ->
              byImage.merge(
                  verdict.image().id(),
                  List.of(verdict),
                  (one, other) -> List.of(one.getFirst(), other.getFirst())));
      assertThat(byImage.values())
          .hasSize(IMAGES)
          .allSatisfy(both -> {
            assertThat(both.getFirst().event()).isEqualTo(both.getLast().event());
            assertThat(((Verdict.Unique) both.getFirst()).position())
                .isEqualTo(((Verdict.Unique) both.getLast()).position());
          });
      CommandRun verified = cluster.run("verify", "--json");
      assertThat(new ObjectMapper().readTree(verified.out()).path("doubled").asInt())
          .isEqualTo(IMAGES);
    }
  }

  private static void setBack(OperatedCluster cluster) throws Exception {
    String topic = OperatedCluster.TOPICS.fetchedImages();
    Map<TopicPartition, OffsetAndMetadata> beginning =
        Map.of(
            new TopicPartition(topic, 0),
            new OffsetAndMetadata(0),
            new TopicPartition(topic, 1),
            new OffsetAndMetadata(0));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
      // The instance is a member until its session is over.
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() ->
              admin
                      .alterConsumerGroupOffsets(OperatedCluster.TOPICS.applicationId(), beginning)
                      .all()
                      .get()
                  == null);
    }
  }
}
