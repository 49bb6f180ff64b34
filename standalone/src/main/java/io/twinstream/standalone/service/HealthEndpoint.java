package io.twinstream.standalone.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.twinstream.standalone.engine.RefusedException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.BooleanSupplier;

/**
 * Answers {@code GET /health/live} and {@code GET /health/ready} with 200 or 503. An instance that
 * waits, restores or rebalances is alive but not ready. One that has given up is neither, for as
 * long as its end takes.
 */
public final class HealthEndpoint implements AutoCloseable {
  private static final int NO_BODY = -1;

  private final HttpServer server;

  private HealthEndpoint(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts to answer.
   *
   * @param port on all interfaces; 0 takes a free one
   * @param isAlive asked at each request, from a thread of the server
   * @param isReady likewise
   * @throws RefusedException if the port is taken
   */
  public static HealthEndpoint start(int port, BooleanSupplier isAlive, BooleanSupplier isReady) {
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
      server.createContext("/health/live", exchange -> answer(exchange, isAlive.getAsBoolean()));
      server.createContext("/health/ready", exchange -> answer(exchange, isReady.getAsBoolean()));
      server.createContext("/", exchange -> refuse(exchange, 404));
      server.start();
      return new HealthEndpoint(server);
    } catch (IOException | IllegalArgumentException e) {
      throw new RefusedException(
          "can't listen on port %d (%s); name another with --health-port"
              .formatted(port, e.getMessage()));
    }
  }

  private static void answer(HttpExchange exchange, boolean isWell) throws IOException {
    if (!exchange.getRequestMethod().equals("GET")) {
      refuse(exchange, 405);
      return;
    }
    byte[] body = (isWell ? "yes\n" : "no\n").getBytes(UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(isWell ? 200 : 503, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static void refuse(HttpExchange exchange, int status) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, NO_BODY);
    }
  }

  /** Where it listens. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
