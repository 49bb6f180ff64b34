package io.twinstream.standalone.scan;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A web server on the loopback address: {@code /N.jpg} is picture N, {@code /missing} is 404,
 * {@code /html} says it is a picture and isn't, {@code /flaky/N.jpg} fails the first time.
 */
final class PictureServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger flakyRequests = new AtomicInteger();
  private final Duration latency;

  PictureServer(Duration latency) throws IOException {
    this.latency = latency;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String url(String path) {
    return "http://127.0.0.1:%d/%s".formatted(server.getAddress().getPort(), path);
  }

  private void answer(HttpExchange exchange) throws IOException {
    LockSupport.parkNanos(latency.toNanos());
    String path = exchange.getRequestURI().getPath();
    if (path.equals("/missing")) {
      exchange.sendResponseHeaders(404, -1);
    } else if (path.equals("/html")) {
      exchange.getResponseHeaders().add("Content-Type", "image/jpeg");
      send(exchange, "<html>Sorry, no picture here.</html>".getBytes(StandardCharsets.UTF_8));
    } else if (path.startsWith("/flaky/") && flakyRequests.getAndIncrement() == 0) {
      exchange.sendResponseHeaders(503, -1);
    } else {
      String number = path.replaceAll("\\D", "");
      send(exchange, Pictures.jpeg(Long.parseLong(number)));
    }
    exchange.close();
  }

  private static void send(HttpExchange exchange, byte[] body) throws IOException {
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
