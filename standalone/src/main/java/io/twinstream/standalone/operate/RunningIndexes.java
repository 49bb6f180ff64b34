package io.twinstream.standalone.operate;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.twinstream.standalone.engine.BrokenException;
import io.twinstream.standalone.engine.RefusedException;
import io.twinstream.standalone.service.IndexPages.InstanceIndex;
import io.twinstream.standalone.service.IndexPages.InstanceLookup;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks a running instance for its indexes. */
public final class RunningIndexes implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_PORT = 65_535;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final URI instance;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  /**
   * Of one instance.
   *
   * @param instance its health port, such as {@code http://localhost:8080}
   * @throws RefusedException if that is no address of that form
   */
  public RunningIndexes(String instance) {
    try {
      this.instance = URI.create(instance);
    } catch (IllegalArgumentException e) {
      throw notAnAddress(instance);
    }
    int port = this.instance.getPort();
    if (!"http".equals(this.instance.getScheme())
        || this.instance.getHost() == null
        || port == 0
        || port > MAX_PORT) {
      throw notAnAddress(instance);
    }
  }

  private static RefusedException notAnAddress(String instance) {
    return new RefusedException(
        "--instance is an address like http://localhost:8080, not " + instance);
  }

  /**
   * How they are.
   *
   * @throws BrokenException if the instance can't tell
   */
  public InstanceIndex status() {
    return ask("/index", Map.of(), InstanceIndex.class);
  }

  /**
   * What is near a hash.
   *
   * @param asked parameters by name, as the page takes them
   * @throws RefusedException if the instance finds a parameter wrong
   * @throws BrokenException if the instance can't tell
   */
  public InstanceLookup lookUp(Map<String, String> asked) {
    return ask("/index/lookup", asked, InstanceLookup.class);
  }

  private <T> T ask(String path, Map<String, String> asked, Class<T> type) {
    String query =
        asked.entrySet().stream()
            .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    HttpResponse<String> response = send(instance.resolve(path + "?" + query));
    try {
      return switch (response.statusCode()) {
        case 200 -> JSON.readValue(response.body(), type);
        case 400 -> throw new RefusedException(error(response));
        case 403, 503 -> throw new BrokenException("%s: %s".formatted(instance, error(response)));
        default -> throw foreign(null);
      };
    } catch (JsonProcessingException e) {
      throw foreign(e);
    }
  }

  private static String error(HttpResponse<String> response) throws JsonProcessingException {
    JsonNode error = JSON.readTree(response.body()).path("error");
    return error.asText();
  }

  private BrokenException foreign(Exception cause) {
    return new BrokenException(
        "what answers at %s is no instance of this version".formatted(instance), cause);
  }

  private HttpResponse<String> send(URI uri) {
    try {
      return client.send(
          HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new BrokenException(
          ("no instance answers at %s (%s); start one with: twinstream stream, or name its health"
                  + " port with --instance")
              .formatted(instance, e.getMessage() == null ? "connection refused" : e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrokenException("interrupted while asking " + instance, e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
