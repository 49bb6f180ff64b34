package io.twinstream.standalone.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinstream.standalone.engine.BrokenException;
import io.twinstream.standalone.engine.RefusedException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka Connect worker, over its REST interface. It may come up later than those who need it.
 *
 * @param address of the interface
 * @param patience how long it may take to come up and to start a connector
 */
public record ConnectWorker(URI address, Duration patience) {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectWorker.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(90);
  private static final Duration REMINDER = Duration.ofSeconds(10);

  /** The worker is starting, or the group is being rebalanced. */
  private static final List<Integer> TRY_AGAIN = List.of(404, 409, 500, 503);

  private record Answer(int status, JsonNode body) {}

  /**
   * Starts a connector, or changes it, and returns when it and all its tasks run.
   *
   * @return how many tasks it has
   * @throws RefusedException if the worker finds its settings wrong
   * @throws BrokenException if the worker does not answer in time or the connector fails
   */
  public int run(ConnectorConfig config) {
    long deadline = System.nanoTime() + patience.toNanos();
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
      check(config, untilTaken(http, put(validation(config), config), deadline).body());
      untilTaken(http, put("/connectors/" + escaped(config.name()) + "/config", config), deadline);
      return untilRunning(http, config, deadline);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrokenException("interrupted", e);
    }
  }

  private static String validation(ConnectorConfig config) {
    return "/connector-plugins/" + escaped(config.connectorClass()) + "/config/validate";
  }

  private static void check(ConnectorConfig config, JsonNode validated) {
    List<String> errors = new ArrayList<>();
    validated
        .path("configs")
        .forEach(setting ->
            setting
                .path("value")
                .path("errors")
                .forEach(error ->
                    errors.add(
                        "%s: %s"
                            .formatted(
                                setting.path("value").path("name").asText(), error.asText()))));
    if (!errors.isEmpty()) {
      throw new RefusedException(
          "the settings of %s are wrong:\n  %s"
              .formatted(config.name(), String.join("\n  ", errors)));
    }
  }

  private Answer untilTaken(HttpClient http, HttpRequest request, long deadline)
      throws InterruptedException {
    long reminded = System.nanoTime();
    String problem;
    do {
      try {
        Answer answer = send(http, request);
        if (answer.status < 300) {
          return answer;
        }
        problem = answer.status + " " + answer.body.path("message").asText();
        if (!TRY_AGAIN.contains(answer.status)) {
          throw new RefusedException("%s refuses: %s".formatted(address, problem));
        }
      } catch (IOException e) {
        problem = e.toString();
      }
      if (System.nanoTime() - reminded > REMINDER.toNanos()) {
        LOG.info("Waiting for {}: {}", address, problem);
        reminded = System.nanoTime();
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
    } while (System.nanoTime() < deadline);
    throw new BrokenException(
        "%s: nothing after %d s (%s)".formatted(address, patience.toSeconds(), problem));
  }

  private int untilRunning(HttpClient http, ConnectorConfig config, long deadline)
      throws InterruptedException {
    HttpRequest status = request("/connectors/" + escaped(config.name()) + "/status").GET().build();
    while (System.nanoTime() < deadline) {
      JsonNode body = untilTaken(http, status, deadline).body;
      List<JsonNode> parts = new ArrayList<>();
      parts.add(body.path("connector"));
      body.path("tasks").forEach(parts::add);
      Optional<JsonNode> failed =
          parts.stream().filter(part -> part.path("state").asText().equals("FAILED")).findFirst();
      if (failed.isPresent()) {
        throw new BrokenException(
            "%s failed: %s".formatted(config.name(), failed.get().path("trace").asText()));
      }
      if (parts.size() > 1
          && parts.stream().allMatch(part -> part.path("state").asText().equals("RUNNING"))) {
        return parts.size() - 1;
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
    }
    throw new BrokenException(
        "%s does not run after %d s".formatted(config.name(), patience.toSeconds()));
  }

  private HttpRequest put(String path, ConnectorConfig config) {
    return request(path)
        .header("Content-Type", "application/json")
        .PUT(HttpRequest.BodyPublishers.ofString(JSON.valueToTree(config.settings()).toString()))
        .build();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path)).timeout(REQUEST_TIMEOUT);
  }

  private static Answer send(HttpClient http, HttpRequest request)
      throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    String body = response.body().startsWith("{") ? response.body() : "{}";
    return new Answer(response.statusCode(), JSON.readTree(body));
  }

  private static String escaped(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
