package io.twinstream.standalone.chaos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.imageio.ImageIO;

/**
 * Pictures on the loopback address, at several ports, which are as many hosts: {@code
 * /MANNER/FAMILY/VARIANT} is a picture that is like all others of its family. Thread-safe.
 */
final class PictureServer implements AutoCloseable {
  private static final int HOSTS = 3;
  private static final int GRID = 12;
  private static final int SIDE = 160;
  private static final int NOISE = 12;
  private static final int FLAKY_REFUSALS = 2;
  private static final Duration SLOW = Duration.ofMillis(2500);

  /** How a picture is served. */
  enum Manner {
    WELL,
    /** After a while. */
    SLOW,
    /** Not at once. */
    FLAKY,
    MISSING,
    /** Half of it. */
    BROKEN,
    /** Of one colour. */
    BLANK
  }

  private final List<HttpServer> servers = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, AtomicInteger> refusals = new ConcurrentHashMap<>();

  PictureServer() {
    try {
      for (int i = 0; i < HOSTS; i++) {
        HttpServer server =
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        servers.add(server);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can't serve pictures", e);
    }
  }

  /** Where a picture is. */
  String url(Manner manner, int family, int variant) {
    int port = servers.get(Math.floorMod(family, HOSTS)).getAddress().getPort();
    return "http://127.0.0.1:%d/%s/%d/%d".formatted(port, manner, family, variant);
  }

  /** Whether nobody can get the picture at such an address. */
  static boolean isUnavailable(String url) {
    Manner manner = Manner.valueOf(URI.create(url).getPath().split("/", -1)[1]);
    return manner == Manner.MISSING || manner == Manner.BROKEN;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String[] parts = path.split("/", -1);
    Manner manner = Manner.valueOf(parts[1]);
    try (exchange) {
      switch (manner) {
        case MISSING -> exchange.sendResponseHeaders(404, -1);
        case FLAKY -> {
          AtomicInteger before = refusals.computeIfAbsent(path, _ -> new AtomicInteger());
          if (before.getAndIncrement() < FLAKY_REFUSALS) {
            exchange.sendResponseHeaders(503, -1);
          } else {
            send(exchange, picture(parts, NOISE));
          }
        }
        case SLOW -> {
          LockSupport.parkNanos(SLOW.toNanos());
          send(exchange, picture(parts, NOISE));
        }
        case BROKEN -> {
          byte[] whole = picture(parts, NOISE);
          send(exchange, Arrays.copyOf(whole, whole.length / 2));
        }
        case BLANK -> send(exchange, picture(new String[] {"", "", "-1", parts[3]}, 0));
        case WELL -> send(exchange, picture(parts, NOISE));
      }
    }
  }

  private static void send(HttpExchange exchange, byte[] body) throws IOException {
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  /** A few random grey values, made wide; variants of a family differ a little in each. */
  private static byte[] picture(String[] parts, int noise) throws IOException {
    int family = Integer.parseInt(parts[2]);
    SplittableRandom common = new SplittableRandom(family);
    SplittableRandom own = new SplittableRandom(31L * family + Integer.parseInt(parts[3]));
    BufferedImage small = new BufferedImage(GRID, GRID, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < GRID; y++) {
      for (int x = 0; x < GRID; x++) {
        int level = family < 0 ? 128 : NOISE + common.nextInt(256 - 2 * NOISE);
        int shift = noise == 0 ? 0 : own.nextInt(-noise, noise + 1);
        small.getRaster().setSample(x, y, 0, level + shift);
      }
    }
    BufferedImage wide = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = wide.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(small, 0, 0, SIDE, SIDE, null);
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(wide, "jpeg", bytes);
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    servers.forEach(server -> server.stop(0));
    threads.close();
  }
}
