package io.twinstream.standalone.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.twinstream.schema.FailureReason;
import io.twinstream.standalone.CommandRun;
import io.twinstream.standalone.scan.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real process, killed as by {@code kill -9} while images wait for their next try. */
@Timeout(300)
class KilledInBackOffIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Longer than a process takes to come back. */
  private static final int LONG = 30;

  private static final int SHORT = 8;

  @TempDir private Path folder;

  @Test
  void noTryIsEarlyOrLostAndTheyGoOnCounting() throws Exception {
    try (OperatedCluster cluster = new OperatedCluster(folder);
        PolledServer one = new PolledServer(Duration.ZERO);
        PolledServer other = new PolledServer(Duration.ZERO)) {
      one.trouble("1.jpg", 503, LONG, SHORT, 1);
      other.trouble("2.jpg", 503, SHORT, LONG, 1);
      cluster.event("1", one.url("1.jpg"));
      cluster.event("2", other.url("2.jpg"));

      Command process = stream(cluster);
      await().atMost(PATIENCE).until(() -> tries(cluster).equals(List.of(1, 1)));
      process.kill();
      process = stream(cluster);
      // On a busy machine it may come back so late that the other image is tried again, too.
      await().atMost(PATIENCE).until(() -> tries(cluster).stream().anyMatch(tries -> tries == 2));
      process.kill();
      process = stream(cluster);
      await().atMost(PATIENCE).until(() -> cluster.failures().size() == 2);
      process.kill();

      assertWaits(one.requests("1.jpg"), LONG, SHORT, 1);
      assertWaits(other.requests("2.jpg"), SHORT, LONG, 1);
      assertThat(cluster.failures())
          .allSatisfy(failed -> {
            assertThat(failed.reason()).isEqualTo(FailureReason.HTTP_STATUS);
            assertThat(failed.attempts()).isEqualTo(4);
            assertThat(failed.retryable()).isTrue();
          });
      assertThat(tries(cluster)).isEmpty();
    }
  }

  private static void assertWaits(List<Instant> requests, int... seconds) {
    assertThat(requests).hasSize(seconds.length + 1);
    for (int i = 0; i < seconds.length; i++) {
      assertThat(Duration.between(requests.get(i), requests.get(i + 1)))
          .as("wait %d", i)
          .isGreaterThanOrEqualTo(Duration.ofSeconds(seconds[i]));
    }
  }

  private Command stream(OperatedCluster cluster) throws Exception {
    return Command.start(
        folder,
        "stream",
        "--bootstrap",
        cluster.bootstrapServers(),
        "--state",
        folder.resolve("stream").toString(),
        "--allow-private",
        "--health-port",
        "0");
  }

  private static List<Integer> tries(OperatedCluster cluster) throws Exception {
    CommandRun run = cluster.run("pending", "list", "--json");
    if (run.err().contains("no instance of the app has ever run")) {
      return List.of();
    }
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode listing = new ObjectMapper().readTree(run.out());
    return listing.path("images").findValues("attempts").stream()
        .map(JsonNode::intValue)
        .sorted()
        .toList();
  }
}
