package io.twinstream.standalone.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.twinstream.standalone.engine.RefusedException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HealthEndpointTest {
  private static final Map<String, HealthEndpoint.Page> PAGES =
      Map.of("/page", HealthEndpointTest::page);

  private final AtomicBoolean alive = new AtomicBoolean(true);
  private final AtomicBoolean ready = new AtomicBoolean();

  @Test
  void lifeAndReadinessAreToldAsTheyAreNow() throws Exception {
    try (HealthEndpoint health = start()) {
      assertThat(status(health, "GET", "/health/live")).isEqualTo(200);
      assertThat(status(health, "GET", "/health/ready")).isEqualTo(503);

      ready.set(true);
      alive.set(false);

      assertThat(status(health, "GET", "/health/live")).isEqualTo(503);
      assertThat(status(health, "GET", "/health/ready")).isEqualTo(200);
    }
  }

  private static Optional<?> page(Map<String, String> asked) {
    return switch (asked.getOrDefault("name", "")) {
      case "" -> throw new RefusedException("name is missing");
      case "later" -> Optional.empty();
      default -> Optional.of(asked);
    };
  }

  @Test
  void aPageIsToldAsJsonOrSaysWhyNot() throws Exception {
    try (HealthEndpoint health = start()) {
      assertThat(body(health, "/page?name=a%20b&other=%C3%A4"))
          .isEqualTo("{\"name\":\"a b\",\"other\":\"ä\"}");
      assertThat(status(health, "GET", "/page?name=later")).isEqualTo(503);
      assertThat(status(health, "GET", "/page")).isEqualTo(400);
      assertThat(body(health, "/page")).isEqualTo("{\"error\":\"name is missing\"}");
      assertThat(status(health, "GET", "/page/2?name=a")).isEqualTo(404);
      assertThat(status(health, "POST", "/page?name=a")).isEqualTo(405);
    }
  }

  @Test
  void nothingElseIsAnswered() throws Exception {
    try (HealthEndpoint health = start()) {
      assertThat(status(health, "GET", "/")).isEqualTo(404);
      assertThat(status(health, "POST", "/health/live")).isEqualTo(405);
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      int port = taken.getLocalPort();

      assertThatExceptionOfType(RefusedException.class)
          .isThrownBy(() -> HealthEndpoint.start(port, alive::get, ready::get, PAGES))
          .withMessageContaining("can't listen on port %d", port)
          .withMessageContaining("--health-port");
    }
  }

  private HealthEndpoint start() {
    return HealthEndpoint.start(0, alive::get, ready::get, PAGES);
  }

  private static int status(HealthEndpoint health, String method, String path)
      throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:%d%s".formatted(health.port(), path));
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(address).method(method, BodyPublishers.noBody()).build(),
              BodyHandlers.discarding())
          .statusCode();
    }
  }

  private static String body(HealthEndpoint health, String path)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://localhost:%d%s".formatted(health.port(), path));
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }
  }
}
