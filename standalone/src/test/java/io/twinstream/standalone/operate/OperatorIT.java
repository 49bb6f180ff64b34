package io.twinstream.standalone.operate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.twinstream.schema.FailureReason;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.Verdict.DownloadFailed;
import io.twinstream.standalone.CommandRun;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Operators, the app and a real server, over a real broker. */
@Timeout(180)
class OperatorIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LATENCY = Duration.ofMillis(200);
  private static final Duration QUIET = Duration.ofSeconds(3);
  private static final int FOR_LONG = 300;

  @TempDir private Path folder;
  private OperatedCluster cluster;
  private PolledServer server;

  @BeforeEach
  void start() throws Exception {
    cluster = new OperatedCluster(folder);
    server = new PolledServer(LATENCY);
  }

  @AfterEach
  void stop() {
    cluster.close();
    server.close();
  }

  @Test
  void aStoppedHostIsNotAskedNotEvenAfterARestartAndAllIsJudgedOnceItIsResumed() {
    // At four at a time these take half a minute, many times longer than it may take to obey.
    int images = 600;
    cluster.instruction("no host at all", "{\"stopped\":true,\"at\":\"2026-05-04T10:20:30Z\"}");
    cluster.instruction("host/127.0.0.1", "{\"stopped\":");
    cluster.startApp(1);
    IntStream.range(0, images).forEach(i -> cluster.event("" + i, server.url(i + ".jpg")));
    await().atMost(PATIENCE).until(() -> server.requests() > 20);

    CommandRun stopped = cluster.run("hosts", "stop", server.host(), "--note", "they called");

    assertThat(stopped.code()).as(stopped.err()).isZero();
    int asked = untilQuiet();
    assertThat(asked).isLessThan(images / 2);

    cluster.stopApp();
    cluster.startApp(1);
    cluster.event("late", server.url("100000.jpg"));
    await()
        .during(QUIET)
        .atMost(QUIET.multipliedBy(2))
        .untilAsserted(() -> assertThat(server.requests()).isEqualTo(asked));
    assertThat(cluster.run("hosts", "list").out())
        .contains(server.host() + ": stopped", "they called");
    assertThat(cluster.run("pending", "list", "--limit", "0").out())
        .contains(server.host() + ", stopped");

    assertThat(cluster.run("hosts", "resume", server.host()).out()).contains("is resumed");
    await().atMost(PATIENCE).until(() -> cluster.verdicts().size() > images);
    assertThat(cluster.verdicts())
        .allMatch(verdict -> !(verdict instanceof DownloadFailed))
        .extracting(Verdict::event)
        .hasSize(images + 1)
        .doesNotHaveDuplicates();
    assertThat(cluster.run("hosts", "list").out()).contains("No host is stopped");
  }

  /** Waits until no more requests come, and says how many there were. */
  private int untilQuiet() {
    int[] last = {-1};
    await()
        .atMost(Duration.ofSeconds(15))
        .pollInterval(QUIET)
        .until(() -> {
          int before = last[0];
          last[0] = server.requests();
          return last[0] == before;
        });
    return last[0];
  }

  @Test
  void whatIsInBackOffIsListedWithoutAnInstanceAndWhatWasCancelledMeanwhileEndsSo()
      throws Exception {
    // As many as a host is asked for at a time: from the first answer on it is left in peace.
    server.gather(4);
    for (int i = 0; i < 4; i++) {
      server.trouble(i + ".jpg", 503, FOR_LONG);
    }
    Instant start = Instant.now();
    cluster.startApp(4);
    IntStream.range(0, 4).forEach(i -> cluster.event("" + i, server.url(i + ".jpg")));
    await().atMost(PATIENCE).until(() -> tries(list()).equals(List.of(1, 1, 1, 1)));
    cluster.stopApp();

    JsonNode listing = list();
    assertThat(tries(listing)).containsExactly(1, 1, 1, 1);
    assertThat(listing.at("/hosts/0/host").asText()).isEqualTo(server.host());
    assertThat(listing.at("/hosts/0/images").asLong()).isEqualTo(4);
    assertThat(listing.at("/hosts/0/due").asLong()).isZero();
    assertThat(Instant.parse(listing.at("/images/0/nextTry").asText()))
        .isBetween(start.plusSeconds(FOR_LONG), Instant.now().plusSeconds(FOR_LONG));
    assertThat(listing.at("/images").findValuesAsText("address"))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 4).mapToObj(i -> server.url(i + ".jpg")).toList());
    assertThat(cluster.run("pending", "list").out()).contains("tried 1 times", "next in 4 min");
    assertThat(cluster.run("pending", "list", "--host", "other.example").out())
        .contains("Nothing waits");
    assertThat(cluster.run("pending", "list", "--collection", "other").out())
        .contains("Nothing waits");

    CommandRun asked = cluster.run("pending", "cancel", "--host", server.host());
    assertThat(asked.out()).contains("4 images wait", "Nothing was changed");
    CommandRun one = cluster.run("pending", "cancel", "--image", "default", "2", "--yes");
    assertThat(one.out()).contains("1 image waits", "is given up");
    cluster.startApp(4);
    await().atMost(PATIENCE).until(() -> cluster.failures().size() == 1);
    assertThat(cluster.failures().getFirst().image().id()).isEqualTo("2");

    CommandRun done = cluster.run("pending", "cancel", "--host", server.host(), "--yes");
    assertThat(done.out()).contains("3 images wait", "is given up");
    await().atMost(PATIENCE).until(() -> cluster.failures().size() == 4);
    assertThat(cluster.failures())
        .allSatisfy(failed -> {
          assertThat(failed.reason()).isEqualTo(FailureReason.CANCELLED);
          assertThat(failed.retryable()).isTrue();
          assertThat(failed.attempts()).isEqualTo(1);
        });
    assertThat(server.requests()).isEqualTo(4);

    cluster.event("later", server.url("5.jpg"));
    await().atMost(PATIENCE).until(() -> cluster.verdicts().size() == 5);
    assertThat(cluster.failures()).as("what came later is not cancelled").hasSize(4);
  }

  private JsonNode list() throws Exception {
    CommandRun run = cluster.run("pending", "list", "--json");
    assertThat(run.code()).as(run.err()).isZero();
    return new ObjectMapper().readTree(run.out());
  }

  private static List<Integer> tries(JsonNode listing) {
    return listing.path("images").findValues("attempts").stream().map(JsonNode::intValue).toList();
  }

  @Test
  void exactlyWhatCanFareBetterIsTriedAgainAndOnlyOnce() {
    server.trouble("1.jpg", 503);
    server.trouble("2.jpg", 404);
    server.trouble("3.jpg", 503);
    cluster.startApp(1);
    IntStream.range(0, 4).forEach(i -> cluster.event("" + i, server.url(i + ".jpg")));
    await().atMost(PATIENCE).until(() -> cluster.verdicts().size() == 4);
    cluster.event("3", server.url("4.jpg"));
    await().atMost(PATIENCE).until(() -> cluster.verdicts().size() == 5);
    server.mend();
    cluster.stopApp();

    assertThat(cluster.run("retry-failed", "--dry-run").out())
        .contains("1 image would be sent once more", "1 http-status");
    assertThat(cluster.run("retry-failed", "--host", "other.example").out())
        .contains("0 images sent");
    assertThat(cluster.run("retry-failed", "--collection", "other").out())
        .contains("0 images sent");
    assertThat(cluster.run("retry-failed", "--since", "2999-01-01T00:00:00Z").out())
        .contains("0 images sent");
    assertThat(cluster.events()).hasSize(5);
    assertThat(cluster.run("retry-failed", "--host", "127.0.0.1").out())
        .contains("1 image sent once more", "1 http-status");
    assertThat(cluster.run("retry-failed").out())
        .contains("0 images sent once more", "1 more: a newer event is on its way");

    cluster.startApp(1);
    await().atMost(PATIENCE).until(() -> cluster.verdicts().size() == 6);
    DownloadFailed before = failure("1");
    Verdict after =
        cluster.verdicts().stream()
            .filter(verdict -> verdict instanceof Verdict.Unique)
            .filter(verdict -> verdict.image().id().equals("1"))
            .findFirst()
            .orElseThrow();
    assertThat(after.event().partition()).isEqualTo(before.event().partition());
    assertThat(after.image()).isEqualTo(before.image());
    assertThat(
            cluster.events().stream()
                .filter(record -> record.partition() == after.event().partition())
                .filter(record -> record.offset() == after.event().offset())
                .map(record -> record.headers().lastHeader("twinstream.retry-of").value()))
        .containsExactly(before.event().toString().getBytes(UTF_8));

    CommandRun named = cluster.run("retry-failed", "--reason", "not-found");
    assertThat(named.out()).contains("1 image sent once more", "1 not-found");
    await().atMost(PATIENCE).until(() -> cluster.verdicts().size() == 7);
    assertThat(cluster.run("retry-failed", "--reason", "not-found,http-status").out())
        .contains("0 images sent");
    assertThat(cluster.run("retry-failed", "--reason", "bored").err()).contains("'bored'");
  }

  private DownloadFailed failure(String id) {
    return cluster.failures().stream()
        .filter(failed -> failed.image().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whoeverMissesATopicIsToldWhatMakesIt() throws Exception {
    CommandRun none = cluster.run("pending", "list", "--prefix", "other.");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("other.image-fetch-control", "twinstream topics");
    assertThat(cluster.run("pending", "list").err()).contains("no instance of the app");
    assertThat(cluster.run("hosts", "stop", "https://example.org/").code()).isEqualTo(2);
    assertThat(cluster.run("hosts", "stop", "Example.ORG:443").err())
        .contains("example.org means all ports");

    try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
      admin.deleteTopics(List.of(OperatedCluster.TOPICS.fetchControl())).all().get();
    }
    assertThatIllegalStateException()
        .isThrownBy(() -> cluster.startApp(1))
        .withMessageContaining("image-fetch-control")
        .withMessageContaining("twinstream topics");
  }
}
