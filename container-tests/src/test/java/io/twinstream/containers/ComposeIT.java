package io.twinstream.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinstream.schema.Verdict;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.KafkaException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The compose file as a user starts it, but with the broker late and an instance killed. */
class ComposeIT {
  private static final Duration START_UP = Duration.ofMinutes(4);
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int INSTANCES = 2;

  private final long startedAt = System.nanoTime();
  private int brokerPort;
  private Compose compose;

  @BeforeEach
  void projectOfItsOwn() throws IOException {
    ContainerEngine.require();
    brokerPort = freePort();
    Map<String, String> environment = new HashMap<>();
    environment.put("TWINSTREAM_IMAGE", ContainerEngine.IMAGE);
    environment.put("CONNECT_IMAGE", "twinstream-test/connect");
    environment.put("KAFKA_IMAGE", ContainerEngine.kafkaImage());
    environment.put("KAFKA_PORT", Integer.toString(brokerPort));
    environment.put("CONNECT_PORT", Integer.toString(freePort()));
    compose = ContainerEngine.compose("twinstream-test", environment);
    compose.run("build", "stream-app", "connect");
    note("images built");
  }

  @AfterEach
  void down() {
    if (compose != null) {
      compose.run("down", "-v", "--remove-orphans", "-t", "5");
      note("compose is down");
    }
  }

  @Test
  void theSampleIsJudgedExactlyThoughTheBrokerIsLateAndAnInstanceIsKilled(@TempDir Path copy)
      throws IOException {
    compose.run("up", "-d", "--scale", "stream-app=" + INSTANCES, "topics", "stream-app", "sample");
    compose.run("up", "-d", "--no-deps", "connect");
    assertThat(compose.running("stream-app")).as("wait for the broker").hasSize(INSTANCES);
    compose.run("up", "-d", "--scale", "stream-app=" + INSTANCES);
    note("everything is started, the broker last");

    try (Judgements judgements = open()) {
      judgements.pollUntilJudged(10, START_UP);
      note("first verdicts");
      List<String> instances = compose.running("stream-app");
      Command.of("docker", "kill", instances.getFirst()).run();
      JsonNode truth = truth(copy);
      int images = truth.path("images").asInt();
      assertThat(judgements.judged()).as("judged when one was killed").isLessThan(images);
      note(
          "one of %d instances killed with %d verdicts"
              .formatted(instances.size(), judgements.judged()));

      judgements.pollUntilJudged(images, PATIENCE);
      judgements.poll();
      note("all judged");
      assertThat(judgements.events()).isEqualTo(images);
      judgements.assertExactlyOneVerdictEach();
      assertThat(groups(judgements.all())).isEqualTo(groups(truth));
    }
  }

  /** The topics are made once the broker is up. */
  private Judgements open() {
    return Awaitility.await()
        .atMost(START_UP)
        .ignoreExceptionsMatching(
            e -> e instanceof KafkaException || e instanceof NullPointerException)
        .until(() -> new Judgements("localhost:" + brokerPort), judgements -> true);
  }

  private JsonNode truth(Path copy) throws IOException {
    String any = compose.running("stream-app").getFirst();
    Path file = copy.resolve("truth.json");
    Command.of("docker", "cp", any + ":/pictures/truth.json", file.toString()).run();
    return JsonMapper.builder().build().readTree(file.toFile());
  }

  private static Set<Set<String>> groups(JsonNode truth) {
    Set<Set<String>> groups = new HashSet<>();
    truth
        .path("groups")
        .forEach(group -> {
          Set<String> members = new HashSet<>();
          group.path("members").forEach(member -> members.add(member.asText()));
          groups.add(members);
        });
    return groups;
  }

  /** What is connected by "duplicate of". */
  private static Set<Set<String>> groups(List<Verdict> verdicts) {
    Map<String, String> originals = new TreeMap<>();
    for (Verdict verdict : verdicts) {
      if (verdict instanceof Verdict.DuplicateFound duplicate) {
        originals.put(path(duplicate.image().id()), path(duplicate.original().id()));
      }
    }
    Map<String, Set<String>> groups = new HashMap<>();
    originals.forEach((duplicate, original) -> {
      String first = original;
      while (originals.containsKey(first)) {
        first = originals.get(first);
      }
      groups.computeIfAbsent(first, root -> new HashSet<>(Set.of(root))).add(duplicate);
    });
    return new HashSet<>(groups.values());
  }

  /** The name of the source stands before the path. */
  private static String path(String id) {
    return id.substring(id.indexOf('/') + 1);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void note(String what) {
    System.out.printf(
        "compose: %s after %d s%n", what, (System.nanoTime() - startedAt) / 1_000_000_000);
  }
}
