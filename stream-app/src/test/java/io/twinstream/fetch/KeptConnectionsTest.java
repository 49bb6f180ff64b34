package io.twinstream.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.fetch.FetchOutcome.Failed;
import io.twinstream.fetch.FetchOutcome.Fetched;
import io.twinstream.fetch.address.AddressPolicy;
import io.twinstream.schema.FailureReason;
import java.io.IOException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests on connections that earlier ones have left. */
@Timeout(30)
class KeptConnectionsTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx";
  private static final int KEPT = 10;

  @ParameterizedTest
  @CsvSource({"false, 2", "true, 1"})
  void aServerThatClosesWithoutAnAnswerIsNotAskedOnEachConnectionThatIsKept(
      boolean counted, int times) throws Exception {
    AtomicInteger closed = new AtomicInteger();
    CountDownLatch all = new CountDownLatch(KEPT);
    try (HostileServer server = new HostileServer((path, peer) -> serve(path, peer, all, closed));
        HttpFetcher fetcher = fetcher(counted);
        ExecutorService fetching = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<FetchOutcome>> kept =
          IntStream.range(0, KEPT)
              .mapToObj(i -> fetching.submit(() -> Fetches.fetch(fetcher, server.url("/ok"))))
              .toList();
      for (Future<FetchOutcome> one : kept) {
        assertThat(one.get()).isInstanceOf(Fetched.class);
      }
      assertThat(server.open()).isEqualTo(KEPT);

      Failed failed = (Failed) Fetches.fetch(fetcher, server.url("/close"));

      assertThat(failed.reason()).isEqualTo(FailureReason.CONNECTION_FAILED);
      assertThat(closed).hasValue(times);
    }
  }

  private static void serve(
      String first, HostileServer.Peer peer, CountDownLatch all, AtomicInteger closed)
      throws IOException, InterruptedException {
    for (String path = first; !path.isEmpty(); path = peer.next()) {
      if (path.equals("/close")) {
        closed.incrementAndGet();
        return;
      }
      all.countDown();
      all.await();
      peer.write(OK);
    }
  }

  @Test
  void aKeptConnectionThatHasGoneCostsNoFailure() throws Exception {
    try (HostileServer server =
            new HostileServer((path, peer) -> {
              peer.write(OK);
              peer.next();
            });
        HttpFetcher fetcher = fetcher(false)) {
      for (int i = 0; i < 5; i++) {
        assertThat(Fetches.fetch(fetcher, server.url("/" + i))).isInstanceOf(Fetched.class);
      }
    }
  }

  @Test
  void ofANamesAddressesTheNextIsTriedWhereOneDoesNotAnswer() throws Exception {
    List<InetAddress> addresses =
        List.of(InetAddress.ofLiteral("127.0.0.3"), InetAddress.ofLiteral("127.0.0.1"));
    try (HostileServer server = new HostileServer((path, peer) -> peer.write(OK));
        HttpFetcher fetcher =
            new HttpFetcher(settings(false), host -> addresses, builder -> builder)) {
      assertThat(Fetches.fetch(fetcher, "http://pictures.test:%d/".formatted(server.port())))
          .isInstanceOf(Fetched.class);
    }
  }

  private static HttpFetcher fetcher(boolean counted) {
    return new HttpFetcher(settings(counted));
  }

  private static SourceSettings settings(boolean counted) {
    return new SourceSettings(
        HostileSuiteTest.LIMITS,
        new AddressPolicy(true, AddressPolicy.WEB_PORTS),
        List.of(),
        HostileSuiteTest.ASKING,
        InstantSource.system(),
        counted);
  }
}
