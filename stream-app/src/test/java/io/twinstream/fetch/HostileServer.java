package io.twinstream.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/** A server that writes whatever it is told, as raw bytes, and counts who is there. */
final class HostileServer implements AutoCloseable {
  /** The first byte of TLS, where plain HTTP is spoken. */
  private static final int TLS_HANDSHAKE = 0x16;

  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  /** What becomes of a connection once its request has come. */
  @FunctionalInterface
  interface Manners {
    void answer(String path, Peer peer) throws IOException, InterruptedException;
  }

  /** The other side. */
  record Peer(Socket socket) {
    void write(String text) throws IOException {
      write(text.getBytes(ISO_8859_1));
    }

    void write(byte[] bytes) throws IOException {
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      out.flush();
    }

    /** The path of the next request on the same connection; empty if there is none. */
    String next() throws IOException {
      String request = readHead(socket.getInputStream());
      return request.isEmpty() ? "" : request.split(" ", 3)[1];
    }

    /** Slower than is borne, faster than silence: pausing is what this server does. */
    void drip() throws IOException, InterruptedException {
      while (true) {
        write("x");
        Thread.sleep(100);
      }
    }

    /** Ends the connection with a reset. */
    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    /** Returns when the other side has gone. */
    void waitForEnd() throws IOException {
      while (socket.getInputStream().read() >= 0) {
        // Whatever it says.
      }
    }
  }

  HostileServer(Manners manners) {
    this(ServerSocketFactory.getDefault(), manners);
  }

  HostileServer(ServerSocketFactory sockets, Manners manners) {
    try {
      server = sockets.createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("hostile-server").start(() -> accept(manners));
  }

  private void accept(Manners manners) {
    try {
      while (true) {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().name("hostile-connection").start(() -> serve(socket, manners));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket socket, Manners manners) {
    try (socket) {
      String request = readHead(socket.getInputStream());
      if (!request.isEmpty()) {
        requests.add(request);
        manners.answer(request.split(" ", 3)[1], new Peer(socket));
      }
    } catch (IOException e) {
      // The other side has gone, as it should.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  private static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == TLS_HANDSHAKE) {
        return "TLS /";
      }
      head.append((char) next);
      if (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) >= 0) {
        break;
      }
    }
    return head.toString();
  }

  /** Where it listens, on 127.0.0.1. */
  int port() {
    return server.getLocalPort();
  }

  String url(String path) {
    return "http://127.0.0.1:%d%s".formatted(port(), path);
  }

  /** The heads of all requests so far. */
  List<String> requests() {
    return requests;
  }

  /** How many connections stand. */
  int open() {
    return open.size();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
