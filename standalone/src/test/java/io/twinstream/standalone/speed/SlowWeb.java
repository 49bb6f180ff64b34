package io.twinstream.standalone.speed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.imageio.ImageIO;

/**
 * Many hosts on loopback addresses, 127.0.0.1 and up, all on one port. Each answers after a while
 * with a small picture; some take ten times as long, answer 503 every other time, or are dead: they
 * take connections and never say anything.
 */
final class SlowWeb implements AutoCloseable {
  /** What is wrong with a host. */
  enum Manner {
    HEALTHY,
    DEAD,
    SLOW,
    FLAPPING
  }

  private static final int SIDE = 48;
  private static final int PICTURES = 64;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<HttpServer> servers = new ArrayList<>();
  private final List<ServerSocket> dead = new ArrayList<>();
  private final AtomicInteger flaps = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private final byte[][] pictures = new byte[PICTURES][];
  private final Duration latency;
  private int port;

  SlowWeb(Duration latency) throws IOException {
    this.latency = latency;
    for (int i = 0; i < PICTURES; i++) {
      pictures[i] = picture(i);
    }
  }

  /** One more host; returns its address, to which paths are added. */
  String open(Manner manner) throws IOException {
    InetAddress address =
        InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (1 + servers.size() + dead.size())});
    InetSocketAddress endpoint = new InetSocketAddress(address, port);
    if (manner == Manner.DEAD) {
      ServerSocket silent = new ServerSocket();
      silent.bind(endpoint, 1000);
      port = silent.getLocalPort();
      dead.add(silent);
    } else {
      HttpServer server = HttpServer.create(endpoint, 1000);
      port = server.getAddress().getPort();
      server.setExecutor(threads);
      server.createContext("/", exchange -> answer(exchange, manner));
      server.start();
      servers.add(server);
    }
    return "http://%s:%d".formatted(address.getHostAddress(), port);
  }

  private void answer(HttpExchange exchange, Manner manner) throws IOException {
    LockSupport.parkNanos(latency.toNanos() * (manner == Manner.SLOW ? 10 : 1));
    if (manner == Manner.FLAPPING && flaps.getAndIncrement() % 2 == 0) {
      exchange.sendResponseHeaders(503, -1);
    } else {
      int number = Integer.parseInt(exchange.getRequestURI().getPath().replaceAll("\\D", ""));
      byte[] body = pictures[number % PICTURES];
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      answered.incrementAndGet();
    }
    exchange.close();
  }

  /** How many pictures were sent. */
  int answered() {
    return answered.get();
  }

  private static byte[] picture(int seed) throws IOException {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(seed);
    for (int i = 0; i < SIDE * SIDE; i++) {
      image.setRGB(i % SIDE, i / SIDE, random.nextInt(1 << 24));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  @Override
  public void close() throws IOException {
    servers.forEach(server -> server.stop(0));
    for (ServerSocket socket : dead) {
      socket.close();
    }
    threads.shutdownNow();
  }
}
