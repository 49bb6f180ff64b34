package io.twinstream.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinstream.fetch.FetchOutcome.Failed;
import io.twinstream.fetch.FetchOutcome.Fetched;
import io.twinstream.fetch.address.AddressPolicy;
import io.twinstream.schema.FailureReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server with bad manners; afterwards no connection may be left. */
@Timeout(30)
class HttpFetcherTest {
  private static final int MAX_BODY = 1000;
  private static final Instant NOW = Instant.parse("2026-05-04T10:20:30Z");
  private static final FetchLimits LIMITS =
      new FetchLimits(
          Duration.ofSeconds(2),
          Duration.ofMillis(400),
          Duration.ofMillis(1200),
          MAX_BODY,
          MAX_BODY,
          3);

  private final HttpFetcher fetcher = fetcher(true);
  private final HttpFetcher publicOnly = fetcher(false);
  private HostileServer server;

  private static HttpFetcher fetcher(boolean allowPrivate) {
    return new HttpFetcher(
        LIMITS,
        new AddressPolicy(allowPrivate, AddressPolicy.WEB_PORTS),
        4,
        InstantSource.fixed(NOW),
        "Test/1 (+https://example.org)");
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
        .contains("User-Agent: Test/1 (+https://example.org)\r\n", "Accept: image/*\r\n");
  }

  @Test
  void aBodyOfExactlyTheLimitIsFetchedAndOneByteMoreIsTooLarge() throws InterruptedException {
    serve((path, peer) -> peer.write(ok("x".repeat(Integer.parseInt(path.substring(1))))));

    assertThat(fetched("/" + MAX_BODY)).hasSize(MAX_BODY);
    assertThat(failed("/" + (MAX_BODY + 1)).reason()).isEqualTo(FailureReason.TOO_LARGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"})
  void anEmptyBodyIsFetchedWithNothingInIt(String answer) throws InterruptedException {
    serve((path, peer) -> peer.write(answer));

    assertThat(fetched("/")).isEmpty();
  }

  @Test
  void aDeadPortIsAFailedConnectionThatMayPass() throws Exception {
    int dead;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      dead = socket.getLocalPort();
    }

    Failed failed = (Failed) fetcher.fetch("http://127.0.0.1:" + dead + "/");

    assertThat(failed.reason()).isEqualTo(FailureReason.CONNECTION_FAILED);
    assertThat(failed.retry()).isEqualTo(FailureReason.Retry.BY_ITSELF);
    assertThat(failed.notBefore()).isEqualTo(Duration.ZERO);
  }

  @Test
  void silenceAfterTheRequestIsATimeout() throws InterruptedException {
    serve((path, peer) -> peer.waitForEnd());

    assertTransient(failed("/"), FailureReason.TIMEOUT);
  }

  @Test
  void silenceWithinTheBodyIsATimeout() throws InterruptedException {
    serve((path, peer) -> {
      peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
      peer.waitForEnd();
    });

    assertTransient(failed("/"), FailureReason.TIMEOUT);
  }

  @Test
  void aBodyThatDripsIsTooSlow() throws InterruptedException {
    serve((path, peer) -> {
      peer.write("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n");
      drip(peer);
    });

    assertPermanent(failed("/"), FailureReason.TOO_SLOW);
  }

  @Test
  void aHeadThatDripsIsTooSlow() throws InterruptedException {
    serve((path, peer) -> {
      peer.write("HTTP/1.1 200 OK\r\nX: ");
      drip(peer);
    });

    assertPermanent(failed("/"), FailureReason.TOO_SLOW);
  }

  @Test
  void aBodyWithoutEndIsTooLarge() throws InterruptedException {
    serve((path, peer) -> {
      peer.write("HTTP/1.1 200 OK\r\n\r\n");
      while (true) {
        peer.write(new byte[500]);
      }
    });

    assertPermanent(failed("/"), FailureReason.TOO_LARGE);
  }

  @Test
  void aBodyThatIsShorterThanPromisedIsABrokenConnection() throws InterruptedException {
    serve((path, peer) -> peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"));

    assertTransient(failed("/"), FailureReason.CONNECTION_FAILED);
  }

  @Test
  void ofABodyThatIsLongerThanPromisedOnlyThePromisedPartIsRead() throws InterruptedException {
    serve((path, peer) -> peer.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef"));

    assertThat(fetched("/")).isEqualTo("abc".getBytes(ISO_8859_1));
  }

  @Test
  void aBrokenChunkIsABrokenConnection() throws InterruptedException {
    serve((path, peer) ->
        peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcdeXX\r\n"));

    assertTransient(failed("/"), FailureReason.CONNECTION_FAILED);
  }

  @Test
  void aCompressedBodyIsCountedByWhatComesOutOfIt() throws Exception {
    byte[] bomb = gzip(new byte[10_000_000]);
    serve((path, peer) -> {
      peer.write(
          "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
              .formatted(bomb.length));
      peer.write(bomb);
    });

    assertPermanent(failed("/"), FailureReason.TOO_LARGE);
  }

  @Test
  void aCompressedBodyIsUnpacked() throws Exception {
    byte[] small = gzip("hello".getBytes(ISO_8859_1));
    serve((path, peer) -> {
      peer.write(
          "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
              .formatted(small.length));
      peer.write(small);
    });

    assertThat(fetched("/")).isEqualTo("hello".getBytes(ISO_8859_1));
  }

  @Test
  void aResetWithinTheBodyIsABrokenConnection() throws InterruptedException {
    serve((path, peer) -> {
      peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
      peer.socket().setSoLinger(true, 0);
    });

    assertTransient(failed("/"), FailureReason.CONNECTION_FAILED);
  }

  @Test
  void hugeHeadersAreABrokenConnection() throws InterruptedException {
    serve((path, peer) -> {
      peer.write("HTTP/1.1 200 OK\r\n");
      for (int i = 0; i < 2000; i++) {
        peer.write("X-%d: %s\r\n".formatted(i, "y".repeat(1000)));
      }
      peer.write("\r\n");
    });

    assertTransient(failed("/"), FailureReason.CONNECTION_FAILED);
  }

  @Test
  void aDetailStaysShortWhateverTheServerSays() throws InterruptedException {
    serve((path, peer) -> peer.write("x\u0001".repeat(50_000) + "\r\n\r\n"));

    Failed failed = failed("/");

    assertThat(failed.reason()).isEqualTo(FailureReason.CONNECTION_FAILED);
    assertThat(failed.detail()).hasSizeLessThanOrEqualTo(Failed.MAX_DETAIL);
  }

  @ParameterizedTest
  @CsvSource({
    "404, not-found",
    "410, not-found",
    "400, http-status",
    "401, http-status",
    "403, http-status",
    "304, http-status",
    "418, http-status"
  })
  void aStatusThatWillNotChangeIsNotTriedAgain(int status, String reason)
      throws InterruptedException {
    serve((path, peer) -> peer.write(answer(status, "")));

    Failed failed = failed("/");

    assertPermanent(failed, FailureReason.parse(reason));
    assertThat(failed.httpStatus()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"408, 0", "425, 0", "429, 7", "500, 0", "503, 7", "599, 7"})
  void aStatusThatMayPassIsTriedAgainNotBeforeTheServersTime(int status, int seconds)
      throws InterruptedException {
    serve((path, peer) -> peer.write(answer(status, "Retry-After: " + seconds + "\r\n")));

    Failed failed = failed("/");

    assertThat(failed.reason()).isEqualTo(FailureReason.HTTP_STATUS);
    assertThat(failed.httpStatus()).isEqualTo(status);
    assertThat(failed.retry()).isEqualTo(FailureReason.Retry.BY_ITSELF);
    assertThat(failed.notBefore()).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void theServersTimeMayBeADate() throws InterruptedException {
    serve(
        (path, peer) -> peer.write(answer(503, "Retry-After: Mon, 04 May 2026 10:21:00 GMT\r\n")));

    assertThat(failed("/").retry()).isEqualTo(FailureReason.Retry.BY_ITSELF);
    assertThat(failed("/").notBefore()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void threeRedirectsAreFollowedAndAFourthIsNot() throws InterruptedException {
    serve((path, peer) -> {
      int left = Integer.parseInt(path.substring(1));
      peer.write(left == 0 ? ok("there") : redirect("/" + (left - 1)));
    });

    assertThat(fetched("/3")).isEqualTo("there".getBytes(ISO_8859_1));
    assertPermanent(failed("/4"), FailureReason.BAD_REDIRECT);
  }

  @Test
  void aRedirectToItselfEnds() throws InterruptedException {
    serve((path, peer) -> peer.write(redirect(path)));

    assertPermanent(failed("/"), FailureReason.BAD_REDIRECT);
    assertThat(server.requests()).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"file:///etc/passwd", "ftp://127.0.0.1/", "data:,x", "http://", "http://a:99999/"})
  void aRedirectToWhatIsNoWebAddressIsBad(String target) throws InterruptedException {
    serve((path, peer) -> peer.write(redirect(target)));

    assertPermanent(failed("/"), FailureReason.BAD_REDIRECT);
  }

  @Test
  void aRedirectToNowhereIsBad() throws InterruptedException {
    serve((path, peer) -> peer.write(answer(302, "")));

    assertPermanent(failed("/"), FailureReason.BAD_REDIRECT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://user@127.0.0.1/", "http://127.1/", "http://2130706433/"})
  void aRedirectIsJudgedLikeAFirstAddress(String target) throws InterruptedException {
    serve((path, peer) -> peer.write(redirect(target)));

    assertPermanent(failed("/"), FailureReason.INVALID_SOURCE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://1.1.1.1:22/", "http://[2606:4700:4700::1111]:25/"})
  void theConnectionOfARedirectIsJudgedLikeTheFirst(String target) throws InterruptedException {
    // A server of this test is private, so what is forbidden beyond it is a port of a public one.
    serve((path, peer) -> peer.write(redirect(target)));

    assertPermanent(failed("/"), FailureReason.FORBIDDEN_ADDRESS);
  }

  @Test
  void whereOnlyPublicAddressesAreAllowedNoByteIsSentToAPrivateOne() throws InterruptedException {
    serve((path, peer) -> peer.write(ok("secret")));

    Failed failed = (Failed) publicOnly.fetch(server.url("/"));

    assertPermanent(failed, FailureReason.FORBIDDEN_ADDRESS);
    assertThat(failed.detail()).contains("127.0.0.1 is a loopback address", "--allow-private");
    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1/",
        "http://127.0.0.1:22/",
        "http://localhost/",
        "http://LOCALHOST/",
        "http:127.0.0.1/",
        "http:/127.0.0.1/",
        "http:\\\\127.0.0.1\\",
        "http://127.0.0.1\\@example.org/",
        "http://%31%32%37.0.0.1/",
        "http://１２７.0.0.1/",
        "http://①②⑦.0.0.1/",
        "http://127。0。0。1/",
        "http://0.0.0.0/",
        "http://10.1.2.3/",
        "http://172.16.0.1/",
        "http://192.168.0.1/",
        "http://100.64.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://168.63.129.16/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
        "http://[::]/",
        "http://[::1]/",
        "http://[0:0:0:0:0:0:0:1]/",
        "http://[::127.0.0.1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[2001:0:7f00:1::]/",
        "http://[fc00::1]/",
        "http://[fe80::1]/",
        "http://[ff02::1]/",
        "http://1.1.1.1:22/",
        "http://1.1.1.1:8080/",
        "https://1.1.1.1:25/",
        "http://[2606:4700:4700::1111]:6379/"
      })
  void forbiddenAddressesAreRefusedHoweverTheyAreWritten(String source)
      throws InterruptedException {
    assertPermanent((Failed) publicOnly.fetch(source), FailureReason.FORBIDDEN_ADDRESS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0X7F000001/",
        "http://017700000001/",
        "http://0177.0.0.1/",
        "http://0x7f.0.0.1/",
        "http://127.1/",
        "http://127.0.1/",
        "http://127.0.0.1./",
        "http://127.0.0.01/",
        "http://127.0.0.256/",
        "http://0/",
        "http://0x/",
        "http://１２７.1/",
        "http://user@1.1.1.1/",
        "http://user:secret@1.1.1.1/",
        "http://:secret@1.1.1.1/",
        "http://",
        "http:///",
        "http://:80/",
        "http://a b/",
        "http://[::1/",
        "http://[fe80::1%25eth0]/",
        "http://1.1.1.1:65536/",
        "http://1.1.1.1:-1/",
        "http://a..b/"
      })
  void oddAddressesAreNoSources(String source) throws InterruptedException {
    assertPermanent((Failed) publicOnly.fetch(source), FailureReason.INVALID_SOURCE);
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
                fetcher.fetch(server.url("/"));
              } catch (InterruptedException e) {
                end.set(e);
              }
            });
    asked.await();

    thread.interrupt();
    thread.join();

    assertThat(end.get()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void manyBadEndsLeaveNoThreadsBehind() throws InterruptedException {
    serve((path, peer) -> {
      if (path.equals("/reset")) {
        peer.socket().setSoLinger(true, 0);
      } else {
        peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort");
      }
    });
    failed("/short");
    failed("/reset");
    long before = platformThreads();

    for (int i = 0; i < 50; i++) {
      failed("/short");
      failed("/reset");
    }

    assertThat(platformThreads()).isLessThanOrEqualTo(before + 3);
  }

  private static long platformThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("Ok"))
        .count();
  }

  private static void drip(HostileServer.Peer peer) throws IOException, InterruptedException {
    // Slower than the whole may take, faster than silence: pausing is what this server does.
    while (true) {
      peer.write("x");
      Thread.sleep(100);
    }
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private void serve(HostileServer.Manners manners) {
    server = new HostileServer(manners);
  }

  private byte[] fetched(String path) throws InterruptedException {
    FetchOutcome outcome = fetcher.fetch(server.url(path));
    if (outcome instanceof Fetched fetched) {
      return fetched.bytes();
    }
    throw new AssertionError("not fetched: " + outcome);
  }

  private Failed failed(String path) throws InterruptedException {
    FetchOutcome outcome = fetcher.fetch(server.url(path));
    if (outcome instanceof Failed failed) {
      return failed;
    }
    throw new AssertionError("fetched %s".formatted(Arrays.toString(((Fetched) outcome).bytes())));
  }

  private static void assertTransient(Failed failed, FailureReason reason) {
    assertThat(failed.reason()).as(failed.detail()).isEqualTo(reason);
    assertThat(failed.retry()).isEqualTo(FailureReason.Retry.BY_ITSELF);
    assertThat(failed.notBefore()).isEqualTo(Duration.ZERO);
  }

  private static void assertPermanent(Failed failed, FailureReason reason) {
    assertThat(failed.reason()).as(failed.detail()).isEqualTo(reason);
    assertThat(failed.retry()).isNotEqualTo(FailureReason.Retry.BY_ITSELF);
  }

  private static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s".formatted(body.length(), body);
  }

  private static String answer(int status, String headers) {
    return "HTTP/1.1 %d Whatever\r\nContent-Length: 0\r\n%s\r\n".formatted(status, headers);
  }

  private static String redirect(String to) {
    return answer(302, "Location: " + to + "\r\n");
  }
}
