package io.twinstream.standalone.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.twinstream.standalone.engine.RefusedException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/**
 * What an instance tells over HTTP. Answers {@code GET /health/live} and {@code GET /health/ready}
 * with 200 or 503. An instance that waits, restores or rebalances is alive but not ready. One that
 * has given up is neither, for as long as its end takes. Other pages are JSON.
 */
public final class HealthEndpoint implements AutoCloseable {
  private static final int NO_BODY = -1;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;

  /** A page that is made when it is asked for. */
  @FunctionalInterface
  public interface Page {
    /**
     * Makes it, on a thread of the server.
     *
     * @param asked the parameters of the query, by name
     * @return what Jackson can write; empty if it can't be told now
     * @throws RefusedException if the parameters are wrong
     */
    Optional<?> answer(Map<String, String> asked);
  }

  private HealthEndpoint(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts to answer.
   *
   * @param port on all interfaces; 0 takes a free one
   * @param isAlive asked at each request, from a thread of the server
   * @param isReady likewise
   * @param pages others, by their paths
   * @throws RefusedException if the port is taken
   */
  public static HealthEndpoint start(
      int port, BooleanSupplier isAlive, BooleanSupplier isReady, Map<String, Page> pages) {
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
      server.createContext("/health/live", exchange -> answer(exchange, isAlive.getAsBoolean()));
      server.createContext("/health/ready", exchange -> answer(exchange, isReady.getAsBoolean()));
      pages.forEach(
          (path, page) -> server.createContext(path, exchange -> answer(exchange, path, page)));
      server.createContext("/", exchange -> refuse(exchange, 404));
      // So that no page, and nobody who reads slowly, holds up what is asked about health.
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
      return new HealthEndpoint(server);
    } catch (IOException | IllegalArgumentException e) {
      throw new RefusedException(
          "can't listen on port %d (%s); name another with --health-port"
              .formatted(port, e.getMessage()));
    }
  }

  private static void answer(HttpExchange exchange, boolean isWell) throws IOException {
    send(exchange, isWell ? 200 : 503, (isWell ? "yes\n" : "no\n").getBytes(UTF_8));
  }

  private static void answer(HttpExchange exchange, String path, Page page) throws IOException {
    if (!exchange.getRequestURI().getPath().equals(path)) {
      refuse(exchange, 404);
      return;
    }
    if (!exchange.getRequestMethod().equals("GET")) {
      refuse(exchange, 405);
      return;
    }
    if (!exchange.getRemoteAddress().getAddress().isLoopbackAddress()) {
      send(exchange, 403, JSON.writeValueAsBytes(error("only told on the instance's own machine")));
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    try {
      Optional<?> answer = page.answer(parameters(exchange.getRequestURI().getRawQuery()));
      send(
          exchange,
          answer.isPresent() ? 200 : 503,
          JSON.writeValueAsBytes(
              answer.isPresent()
                  ? answer.get()
                  : error("nothing to tell yet, or busy; try again")));
    } catch (RefusedException | IllegalArgumentException e) {
      send(exchange, 400, JSON.writeValueAsBytes(error(e.getMessage())));
    }
  }

  private static Map<String, String> error(String message) {
    return Map.of("error", message);
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String one : query == null ? new String[0] : query.split("&", -1)) {
      String[] parts = one.split("=", 2);
      if (parts.length == 2) {
        parameters.put(URLDecoder.decode(parts[0], UTF_8), URLDecoder.decode(parts[1], UTF_8));
      }
    }
    return parameters;
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    if (!exchange.getRequestMethod().equals("GET")) {
      refuse(exchange, 405);
      return;
    }
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length);
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
