package io.twinstream.standalone.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Stock workers in one group. */
final class ConnectCluster {
  private static final Duration LONG = Duration.ofSeconds(90);

  private final Map<String, String> settings;
  private final List<StockWorker> started = new ArrayList<>();

  ConnectCluster(Map<String, String> settings) {
    this.settings = Map.copyOf(settings);
  }

  /** Starts workers until so many are running, and waits for them. */
  void grow(int size) throws IOException {
    while (running().size() < size) {
      started.add(StockWorker.start("worker-" + (started.size() + 1), settings));
    }
    eventually(() -> {
      for (StockWorker worker : running()) {
        assertThat(worker.isReady()).isTrue();
      }
    });
  }

  List<StockWorker> running() {
    return started.stream().filter(StockWorker::isAlive).toList();
  }

  /** Ends all workers in good order. */
  void stop() throws InterruptedException {
    started.forEach(StockWorker::terminate);
    for (StockWorker worker : started) {
      worker.awaitEnd();
    }
  }

  /** Where one of its workers serves. */
  String url() throws IOException {
    return running().getFirst().url().orElseThrow();
  }

  StockWorker.Answer request(String method, String path) throws IOException, InterruptedException {
    return request(method, path, "");
  }

  StockWorker.Answer request(String method, String path, String body)
      throws IOException, InterruptedException {
    return running().getFirst().request(method, path, body);
  }

  /** Creates a connector, or gives it another configuration. */
  void put(ObjectNode config) {
    String path = "/connectors/%s/config".formatted(config.get("name").textValue());
    // While workers find together they take nothing.
    eventually(() -> {
      StockWorker.Answer answer = request("PUT", path, config.toString());
      assertThat(answer.status()).as(answer.body().toPrettyString()).isBetween(200, 201);
    });
  }

  /** The worker that runs the connector's first task. */
  StockWorker workerOf(String connector) throws IOException, InterruptedException {
    String id = tasks(connector).getFirst().get("worker_id").textValue();
    for (StockWorker worker : running()) {
      if (worker.is(id)) {
        return worker;
      }
    }
    throw new AssertionError("no worker is called " + id);
  }

  /** Waits until the connector has tasks, and all of them run on workers that are alive. */
  void awaitTasks(String connector) {
    eventually(() -> {
      List<JsonNode> tasks = tasks(connector);
      assertThat(tasks).isNotEmpty();
      for (JsonNode task : tasks) {
        assertThat(task.get("state").textValue()).as(task.toPrettyString()).isEqualTo("RUNNING");
      }
      workerOf(connector);
    });
  }

  private List<JsonNode> tasks(String connector) throws IOException, InterruptedException {
    JsonNode status = request("GET", "/connectors/%s/status".formatted(connector)).body();
    return StreamSupport.stream(status.path("tasks").spliterator(), false).toList();
  }

  /**
   * Tries again until it holds, also while workers can't be reached; anything else that is thrown
   * ends it at once. The failure has the ends of all logs.
   */
  void eventually(Attempt attempt) {
    try {
      await()
          .atMost(LONG)
          .pollInterval(Duration.ofMillis(50))
          .ignoreExceptionsMatching(
              e -> e instanceof IOException && !(e instanceof JsonProcessingException))
          .untilAsserted(attempt::run);
    } catch (RuntimeException e) {
      e.addSuppressed(new AssertionError(tails()));
      throw e;
    }
  }

  /** Whether a worker has logged this text. */
  boolean hasLogged(String text) throws IOException {
    for (StockWorker worker : started) {
      if (worker.hasLogged(text)) {
        return true;
      }
    }
    return false;
  }

  private String tails() {
    StringBuilder text = new StringBuilder("the workers' last words");
    for (StockWorker worker : started) {
      try {
        text.append('\n').append(worker.tail());
      } catch (IOException e) {
        text.append('\n').append(e);
      }
    }
    return text.toString();
  }

  /** Something that may fail for now. */
  interface Attempt {
    void run() throws IOException, InterruptedException;
  }
}
