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
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HealthEndpointTest {
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
          .isThrownBy(() -> HealthEndpoint.start(port, alive::get, ready::get))
          .withMessageContaining("can't listen on port %d", port)
          .withMessageContaining("--health-port");
    }
  }

  private HealthEndpoint start() {
    return HealthEndpoint.start(0, alive::get, ready::get);
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
}
