package io.twinstream.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.fetch.FetchOutcome.Failed;
import io.twinstream.fetch.FetchOutcome.Fetched;
import io.twinstream.fetch.address.AddressPolicy;
import io.twinstream.fetch.address.Network;
import io.twinstream.fetch.address.Resolver;
import io.twinstream.schema.FailureReason;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What names lead to. */
@Timeout(30)
class HttpNamesTest {
  private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress FORBIDDEN = InetAddress.ofLiteral("127.0.0.2");
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx";

  @Test
  void ofANamesAddressesOnlyTheAllowedOnesAreConnectedTo() throws InterruptedException {
    try (HostileServer server = new HostileServer((path, peer) -> peer.write(OK))) {
      assertThat(fetch(host -> List.of(FORBIDDEN, HERE), server.port()))
          .isInstanceOf(Fetched.class);
    }
  }

  @Test
  void aNameThatLeadsOnlyToForbiddenAddressesIsForbidden() throws InterruptedException {
    Failed failed = (Failed) fetch(host -> List.of(FORBIDDEN), 80);

    assertThat(failed.reason()).isEqualTo(FailureReason.FORBIDDEN_ADDRESS);
    assertThat(failed.detail()).contains("pictures.test leads to 127.0.0.2", "loopback");
  }

  @Test
  void aNameWithoutAnAddressIsUnknownAndMayBeKnownLater() throws InterruptedException {
    Failed failed =
        (Failed)
            fetch(
                host -> {
                  throw new UnknownHostException(host);
                },
                80);

    assertThat(failed.reason()).isEqualTo(FailureReason.UNKNOWN_HOST);
    assertThat(failed.retry()).isEqualTo(FailureReason.Retry.BY_ITSELF);
  }

  @Test
  void aNameServerThatDoesNotAnswerIsATimeout() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    long startedAt = System.nanoTime();

    Failed failed =
        (Failed)
            fetch(
                host -> {
                  try {
                    never.await();
                  } catch (InterruptedException e) {
                    throw new UnknownHostException("given up");
                  }
                  return List.of(HERE);
                },
                80);

    assertThat(failed.reason()).isEqualTo(FailureReason.TIMEOUT);
    assertThat(Duration.ofNanos(System.nanoTime() - startedAt))
        .isBetween(HostileSuiteTest.LIMITS.lookup(), Duration.ofSeconds(5));
  }

  @Test
  void whatNobodyWasAskedForSinceLookupsHangCountsAsNoTry() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Resolver hanging =
        host -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            throw new UnknownHostException("given up");
          }
          return List.of(HERE);
        };
    try (HttpFetcher fetcher = fetcher(hanging, 80);
        ExecutorService fetching = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<FetchOutcome>> outcomes = new ArrayList<>();
      for (int i = 0; i < 600; i++) {
        String address = "http://p%d.test/".formatted(i);
        outcomes.add(fetching.submit(() -> Fetches.fetch(fetcher, address)));
      }
      int notTried = 0;
      for (Future<FetchOutcome> outcome : outcomes) {
        notTried += outcome.get() instanceof FetchOutcome.NotTried ? 1 : 0;
      }

      assertThat(notTried).isEqualTo(600 - 512);
    }
  }

  private static FetchOutcome fetch(Resolver resolver, int port) throws InterruptedException {
    try (HttpFetcher fetcher = fetcher(resolver, port)) {
      return Fetches.fetch(fetcher, "http://pictures.test:%d/".formatted(port));
    }
  }

  private static HttpFetcher fetcher(Resolver resolver, int port) {
    return new HttpFetcher(
        new SourceSettings(
            HostileSuiteTest.LIMITS,
            new AddressPolicy(false, Set.of(port), Set.of(), List.of(Network.parse("127.0.0.1"))),
            List.of(),
            HostileSuiteTest.ASKING,
            InstantSource.system(),
            false),
        resolver,
        builder -> builder);
  }
}
