package io.twinstream.standalone.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinstream.standalone.engine.BrokenException;
import io.twinstream.standalone.engine.RefusedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The REST interface of a Connect worker, and the patience to ask it again. */
final class ConnectRest implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectRest.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(90);
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final Duration REMINDER = Duration.ofSeconds(10);
  private static final int NOT_FOUND = 404;

  /** The worker is starting, or the group is being rebalanced. */
  private static final List<Integer> TRY_AGAIN = List.of(NOT_FOUND, 409, 500, 503);

  /** How a worker that lacks a plugin says so, with the status of one that is starting. */
  private static final String NO_PLUGIN = "Failed to find any class that implements Connector";

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
  private final URI address;
  private final Duration patience;
  private final long start = System.nanoTime();
  private long reminded = start;

  /**
   * @param address of the interface
   * @param patience how long all that is waited for may take together
   */
  ConnectRest(URI address, Duration patience) {
    this.address = address;
    this.patience = patience;
  }

  /** A question to the worker; an {@link IOException} says why there is no answer yet. */
  @FunctionalInterface
  interface Question<T> {
    T answer() throws IOException, InterruptedException;
  }

  /**
   * Asks, once at least, until there is an answer.
   *
   * @param goal what is waited for
   * @throws BrokenException if there is none in time
   */
  <T> T until(String goal, Question<T> question) throws InterruptedException {
    String problem;
    do {
      try {
        return question.answer();
      } catch (IOException e) {
        problem =
            switch (e) {
              case NotYetException notYet -> notYet.getMessage();
              case ConnectException refused -> "nobody answers there";
              default -> e.toString();
            };
      }
      if (System.nanoTime() - reminded > REMINDER.toNanos()) {
        LOG.info("Waiting for {} at {}: {}", goal, address, problem);
        reminded = System.nanoTime();
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
    } while (System.nanoTime() - start < patience.toNanos());
    throw new BrokenException(
        "%s at %s: nothing after %d s (%s)"
            .formatted(goal, address, patience.toSeconds(), problem));
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  /** Empty if there is no such thing. */
  Optional<JsonNode> find(String path) throws IOException, InterruptedException {
    try {
      return Optional.of(get(path));
    } catch (NotYetException e) {
      if (e.status == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  JsonNode put(String path, Map<String, String> body) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(JSON.valueToTree(body).toString())));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path)).timeout(REQUEST_TIMEOUT);
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    var response = http.send(request.build(), BodyHandlers.ofString());
    JsonNode body = JSON.readTree(response.body().startsWith("{") ? response.body() : "{}");
    int status = response.statusCode();
    if (status < 300) {
      return body;
    }
    String message = body.path("message").asText();
    int plugins = message.indexOf(", available connectors are:");
    String problem =
        "%d %s".formatted(status, plugins < 0 ? message : message.substring(0, plugins)).strip();
    if (!TRY_AGAIN.contains(status) || problem.contains(NO_PLUGIN)) {
      throw new RefusedException("%s refuses: %s".formatted(address, problem));
    }
    throw new NotYetException(status, problem);
  }

  @Override
  public void close() {
    http.close();
  }

  /** There is no answer for now. */
  static final class NotYetException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Of HTTP; 0 if it isn't about a request. */
    private final int status;

    NotYetException(String problem) {
      this(0, problem);
    }

    private NotYetException(int status, String problem) {
      super(problem);
      this.status = status;
    }
  }
}
