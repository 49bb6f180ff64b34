package io.twinstream.standalone.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * Ports of the loopback address that nobody listens at just now, and that no operating system gives
 * to outgoing connections by itself: whoever stops listening for a while finds its port free again.
 */
public final class FreePorts {
  private static final int FIRST = 10_000;
  private static final int LAST = 32_767;

  private FreePorts() {}

  /** So many different ones. */
  public static List<Integer> some(int count) {
    return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(FIRST, LAST + 1))
        .limit(LAST - FIRST)
        .distinct()
        .filter(FreePorts::isFree)
        .limit(count)
        .boxed()
        .toList();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
      return socket.isBound();
    } catch (BindException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("there is no free port on the loopback address", e);
    }
  }
}
