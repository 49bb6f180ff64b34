package io.twinstream.containers;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The compose file as a user starts it, but with the broker late and an instance killed. */
class ComposeIT {
  private static final Duration START_UP = Duration.ofMinutes(4);
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int INSTANCES = 2;

  /** How long the broker is held back. */
  private static final Duration LATE = Duration.ofSeconds(60);

  /** Longer than the time after which the group misses a killed instance, 10 s. */
  private static final Duration QUIET = Duration.ofSeconds(12);

  /** Those that wait for the broker, and how many there are of each. */
  private static final Map<String, Integer> WAITING =
      Map.of("topics", 1, "stream-app", INSTANCES, "connect", 1, "feed", 1);

  private final long startedAt = System.nanoTime();
  private int brokerPort;
  private Compose compose;

  @BeforeEach
  void projectOfItsOwn() throws IOException {
    ContainerEngine.require();
    brokerPort = freePort();
    Map<String, String> environment = new HashMap<>();
    environment.put("TWINSTREAM_IMAGE", ContainerEngine.IMAGE);
    environment.put("CONNECT_IMAGE", ContainerEngine.CONNECT_IMAGE);
    environment.put("KAFKA_IMAGE", ContainerEngine.kafkaImage());
    environment.put("KAFKA_PORT", Integer.toString(brokerPort));
    environment.put("CONNECT_PORT", Integer.toString(freePort()));
    compose = ContainerEngine.compose("twinstream-test-" + ContainerEngine.MARK, environment);
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
    compose.run(
        "up",
        "-d",
        "--scale",
        "stream-app=" + INSTANCES,
        "topics",
        "stream-app",
        "connect",
        "feed");
    note("all but the broker are started");
    await()
        .pollInterval(Duration.ofSeconds(2))
        .during(LATE)
        .atMost(LATE.plusSeconds(20))
        .until(this::allWait);
    List<String> instances = compose.running("stream-app");
    compose.run("up", "-d", "--no-deps", "kafka");
    note("the broker is started");

    String broker = "localhost:" + brokerPort;
    try (Judgements judgements = Judgements.open(broker, START_UP);
        AppGroup group = new AppGroup(broker)) {
      note("topics are there");
      judgements.pollUntilJudged(1, START_UP);
      note("first verdicts");
      Map<String, String> addresses =
          instances.stream().collect(toMap(ContainerEngine::address, identity()));
      String matcher = addresses.get(group.matcher());
      assertThat(matcher).as("the instance that matches").isNotNull();
      ContainerEngine.kill(matcher);
      judgements.poll();
      note("it was killed with %d verdicts".formatted(judgements.judged()));
      JsonNode truth = truth(copy);
      int images = truth.path("images").asInt();
      assertThat(judgements.judged()).as("judged when it was killed").isLessThan(images);

      judgements.pollUntilJudged(images, PATIENCE);
      note("all judged");
      await().atMost(PATIENCE).until(group::hasTakenAll);
      judgements.pollToTheEnd(QUIET);
      note("nothing has come since");
      assertThat(judgements.events()).isEqualTo(images);
      judgements.assertExactlyOneVerdictEach();
      assertThat(groups(judgements.all())).isEqualTo(groups(truth));
    }
  }

  /** Whether they are up as they were started: none has ended and was started again. */
  private boolean allWait() {
    return WAITING.entrySet().stream()
        .allMatch(service -> {
          List<String> containers = compose.running(service.getKey());
          return containers.size() == service.getValue()
              && containers.stream()
                  .allMatch(id ->
                      ContainerEngine.inspect(id, "{{.State.Status}} {{.RestartCount}}")
                          .equals("running 0"));
        });
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
