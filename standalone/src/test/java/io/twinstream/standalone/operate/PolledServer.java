package io.twinstream.standalone.operate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.twinstream.standalone.scan.Pictures;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A web server on the loopback address that remembers when it was asked for what: {@code /N.jpg} is
 * picture N, {@code /small/N.jpg} the same at half the size, {@code /cropped/N.jpg} without its
 * margins, and {@code /patched/N.jpg} one like it, unless a path is told to answer otherwise.
 */
final class PolledServer implements AutoCloseable {
  /** A margin is such a part of the side. */
  private static final int CROPPED = 25;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Duration latency;
  private final Map<String, List<Instant>> requests = new ConcurrentHashMap<>();
  private final Map<String, Trouble> troubles = new ConcurrentHashMap<>();
  private volatile CountDownLatch gathering = new CountDownLatch(0);

  /**
   * What a path answers.
   *
   * @param retryAfter seconds, one for each request in turn, the last one from then on
   */
  private record Trouble(int status, List<Integer> retryAfter) {}

  PolledServer(Duration latency) throws IOException {
    this.latency = latency;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** As the app calls it. */
  String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  String url(String path) {
    return "http://%s/%s".formatted(host(), path);
  }

  void trouble(String path, int status, Integer... retryAfter) {
    troubles.put("/" + path, new Trouble(status, List.of(retryAfter)));
  }

  /** Answers nothing until so many more requests have come, or 30 s have passed. */
  void gather(int more) {
    gathering = new CountDownLatch(more);
  }

  void mend() {
    troubles.clear();
  }

  /** When a path was asked for. */
  List<Instant> requests(String path) {
    return List.copyOf(requests.getOrDefault("/" + path, List.of()));
  }

  int requests() {
    return requests.values().stream().mapToInt(List::size).sum();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    List<Instant> times = requests.computeIfAbsent(path, _ -> new CopyOnWriteArrayList<>());
    times.add(Instant.now());
    LockSupport.parkNanos(latency.toNanos());
    awaitOthers();
    try (exchange) {
      Trouble trouble = troubles.get(path);
      if (trouble == null) {
        long number = Long.parseLong(path.replaceAll("\\D", ""));
        byte[] body =
            path.startsWith("/patched/")
                ? Pictures.patched(number, 0)
                : Pictures.encode(picture(path), "jpg");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        return;
      }
      if (!trouble.retryAfter.isEmpty()) {
        int turn = Math.min(times.size(), trouble.retryAfter.size()) - 1;
        exchange
            .getResponseHeaders()
            .add("Retry-After", Integer.toString(trouble.retryAfter.get(turn)));
      }
      exchange.sendResponseHeaders(trouble.status, -1);
    }
  }

  private static BufferedImage picture(String path) {
    BufferedImage whole = Pictures.paint(Long.parseLong(path.replaceAll("\\D", "")));
    int side = whole.getWidth();
    if (path.startsWith("/cropped/")) {
      int margin = side / CROPPED;
      return whole.getSubimage(margin, margin, side - 2 * margin, side - 2 * margin);
    }
    if (!path.startsWith("/small/")) {
      return whole;
    }
    BufferedImage small = new BufferedImage(side / 2, side / 2, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = small.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(whole, 0, 0, side / 2, side / 2, null);
    graphics.dispose();
    return small;
  }

  private void awaitOthers() {
    try {
      gathering.countDown();
      gathering.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
