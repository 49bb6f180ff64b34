package io.twinstream.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinstream.fetch.FetchOutcome.Failed;
import io.twinstream.fetch.FetchOutcome.Fetched;
import io.twinstream.fetch.FetchOutcome.Moved;
import io.twinstream.fetch.address.AddressPolicy;
import io.twinstream.schema.FailureReason;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a fetcher does with a server; {@link HostileSuiteTest} has those of bad manners. */
@Timeout(30)
class HttpFetcherTest {
  private static final int MAX_BODY = (int) HostileSuiteTest.LIMITS.bodyBytes();

  private final HttpFetcher fetcher = fetcher(true);
  private final HttpFetcher publicOnly = fetcher(false);
  private HostileServer server;

  private static HttpFetcher fetcher(boolean allowPrivate) {
    return new HttpFetcher(
        new SourceSettings(
            HostileSuiteTest.LIMITS,
            new AddressPolicy(allowPrivate, AddressPolicy.WEB_PORTS),
            List.of(),
            HostileSuiteTest.ASKING,
            InstantSource.fixed(HostileSuiteTest.NOW),
            false));
  }

  @AfterEach
  void nothingIsLeftOpen() {
    fetcher.close();
    publicOnly.close();
    if (server != null) {
      await().untilAsserted(() -> assertThat(server.open()).isZero());
      server.close();
    }
  }

  @Test
  void bringsTheBodyAndSaysWhoAsks() throws InterruptedException {
    serve((path, peer) -> peer.write(ok("hello")));

    assertThat(fetched("/a?b=c")).isEqualTo("hello".getBytes(ISO_8859_1));
    assertThat(server.requests().getFirst())
        .startsWith("GET /a?b=c HTTP/1.1\r\n")
        .contains("User-Agent: twinstream/1 (+https://example.org)\r\n", "Accept: image/*\r\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 131_072, 131_073, 200_000})
  void aBodyOfAnySizeUpToTheLimitIsFetchedWithAndWithoutItsLength(int size)
      throws InterruptedException {
    serve((path, peer) -> {
      String body = "x".repeat(size);
      peer.write(path.equals("/told") ? ok(body) : "HTTP/1.1 200 OK\r\n\r\n" + body);
    });

    assertThat(fetched("/told")).hasSize(size);
    assertThat(fetched("/untold")).hasSize(size);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/told", "/untold"})
  void oneByteMoreThanTheLimitIsTooLarge(String way) throws InterruptedException {
    serve((path, peer) -> {
      String body = "x".repeat(MAX_BODY + 1);
      peer.write(path.equals("/told") ? ok(body) : "HTTP/1.1 200 OK\r\n\r\n" + body);
    });

    assertThat(failed(way).reason()).isEqualTo(FailureReason.TOO_LARGE);
  }

  @Test
  void aCompressedBodyIsUnpacked() throws InterruptedException {
    byte[] small = Behaviours.gzip("hello".getBytes(ISO_8859_1));
    serve((path, peer) -> {
      peer.write(
          "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
              .formatted(small.length));
      peer.write(small);
    });

    assertThat(fetched("/")).isEqualTo("hello".getBytes(ISO_8859_1));
  }

  @Test
  void aDeadPortIsAFailedConnectionThatMayPass() throws Exception {
    int dead;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      dead = socket.getLocalPort();
    }

    Failed failed = (Failed) Fetches.fetch(fetcher, "http://127.0.0.1:" + dead + "/");

    assertThat(failed.reason()).isEqualTo(FailureReason.CONNECTION_FAILED);
    assertThat(failed.retry()).isEqualTo(FailureReason.Retry.BY_ITSELF);
  }

  @Test
  void aServerThatTakesNoConnectionIsATimeout() throws Exception {
    // Full: one is in its queue, and nobody takes it out.
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var first = new java.net.Socket(full.getInetAddress(), full.getLocalPort());
      var second = new java.net.Socket(full.getInetAddress(), full.getLocalPort());

      Failed failed =
          (Failed) Fetches.fetch(fetcher, "http://127.0.0.1:%d/".formatted(full.getLocalPort()));

      assertThat(failed.reason()).isEqualTo(FailureReason.TIMEOUT);
      first.close();
      second.close();
    }
  }

  @Test
  void aConnectionThatIsNotSecuredInTimeIsATimeout() throws Exception {
    serve((path, peer) -> peer.waitForEnd());

    Failed failed =
        (Failed) Fetches.fetch(fetcher, "https://127.0.0.1:%d/".formatted(server.port()));

    assertThat(failed.reason()).isEqualTo(FailureReason.TIMEOUT);
  }

  @ParameterizedTest
  @CsvSource({
    "404, not-found",
    "410, not-found",
    "400, http-status",
    "401, http-status",
    "403, http-status",
    "304, http-status",
    "407, http-status",
    "418, http-status",
    "201, http-status",
    "204, http-status",
    "205, http-status",
    "206, http-status"
  })
  void aStatusThatWillNotChangeIsNotTriedAgain(int status, String reason)
      throws InterruptedException {
    serve((path, peer) -> peer.write(answer(status, "Retry-After: 7\r\n")));

    Failed failed = failed("/");

    assertThat(failed.notBefore()).isZero();
    assertThat(failed.reason()).isEqualTo(FailureReason.parse(reason));
    assertThat(failed.retry()).isEqualTo(FailureReason.Retry.NEVER);
    assertThat(failed.httpStatus()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"408, 0", "408, 7", "425, 0", "429, 7", "500, 0", "503, 0", "503, 7", "599, 7"})
  void aStatusThatMayPassIsAskedForOnceAndNotBeforeTheServersTime(int status, int seconds)
      throws InterruptedException {
    serve((path, peer) -> peer.write(answer(status, "Retry-After: " + seconds + "\r\n")));

    Failed failed = failed("/");

    assertThat(failed.reason()).isEqualTo(FailureReason.HTTP_STATUS);
    assertThat(failed.httpStatus()).isEqualTo(status);
    assertThat(failed.retry()).isEqualTo(FailureReason.Retry.BY_ITSELF);
    assertThat(failed.notBefore()).isEqualTo(Duration.ofSeconds(seconds));
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void theServersTimeMayBeADate() throws InterruptedException {
    serve(
        (path, peer) -> peer.write(answer(503, "Retry-After: Mon, 04 May 2026 10:21:00 GMT\r\n")));

    assertThat(failed("/").notBefore()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void whatFailedOnceIsFetchedAtTheNextTry() throws InterruptedException {
    AtomicInteger requests = new AtomicInteger();
    serve((path, peer) ->
        peer.write(requests.getAndIncrement() == 0 ? answer(503, "") : ok("there")));

    assertThat(failed("/").retry()).isEqualTo(FailureReason.Retry.BY_ITSELF);
    assertThat(fetched("/")).isEqualTo("there".getBytes(ISO_8859_1));
  }

  @Test
  void whereOnlyPublicAddressesAreAllowedNoByteIsSentToAPrivateOne() throws InterruptedException {
    serve((path, peer) -> peer.write(ok("secret")));

    Failed failed = (Failed) Fetches.fetch(publicOnly, server.url("/"));

    assertThat(failed.reason()).isEqualTo(FailureReason.FORBIDDEN_ADDRESS);
    assertThat(failed.detail()).contains("127.0.0.1", "loopback", "--allow-private");
    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://Example.org/a, example.org",
    "https://example.org:443/, example.org",
    "https://example.org.:80/, example.org",
    "http://example.org:443/, example.org",
    "https://example.org.:8080/, example.org:8080",
    "http://[2001:DB8::1]:8080/, [2001:db8::1]:8080",
    "https://bücher.example/, xn--bcher-kva.example"
  })
  void whoIsAskedIsNamedInOneWay(String address, String host) {
    assertThat(fetcher.host(address)).contains(host);
  }

  @Test
  void whoIsInterruptedStopsAtOnce() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    serve((path, peer) -> {
      asked.countDown();
      peer.waitForEnd();
    });
    AtomicReference<Throwable> end = new AtomicReference<>();
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                Fetches.fetch(fetcher, server.url("/"));
              } catch (InterruptedException e) {
                end.set(e);
              }
            });
    asked.await();

    thread.interrupt();
    thread.join();

    assertThat(end.get()).isInstanceOf(InterruptedException.class);
  }

  private void serve(HostileServer.Manners manners) {
    server = new HostileServer(manners);
  }

  private byte[] fetched(String path) throws InterruptedException {
    FetchOutcome outcome = Fetches.fetch(fetcher, server.url(path));
    if (outcome instanceof Fetched fetched) {
      return fetched.bytes();
    }
    throw new AssertionError("not fetched: " + outcome);
  }

  private Failed failed(String path) throws InterruptedException {
    FetchOutcome outcome = Fetches.fetch(fetcher, server.url(path));
    return switch (outcome) {
      case Failed failed -> failed;
      case Fetched fetched -> throw new AssertionError(Arrays.toString(fetched.bytes()));
      case Moved _, FetchOutcome.NotTried _ -> throw new AssertionError(outcome.toString());
    };
  }

  private static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(body.length(), body);
  }

  private static String answer(int status, String headers) {
    return "HTTP/1.1 %d Whatever\r\nConnection: close\r\n%s\r\n".formatted(status, headers);
  }
}
