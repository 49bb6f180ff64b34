package io.twinstream.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.fetch.FetchOutcome.Failed;
import io.twinstream.fetch.FetchOutcome.Fetched;
import io.twinstream.fetch.address.AddressPolicy;
import io.twinstream.schema.FailureReason;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Memory and rates, on a real connection. */
@Timeout(30)
class BodyReaderTest {
  private static final int BUDGET = 1 << 20;

  private final MemoryBudget budget = new MemoryBudget(BUDGET);

  @Test
  void aPromisedLengthCostsNoMemoryBeforeItComes() throws InterruptedException {
    try (HostileServer server =
            new HostileServer((path, peer) ->
                peer.write("HTTP/1.1 200 OK\r\nContent-Length: 190000\r\n\r\nshort"));
        HttpFetcher fetcher = fetcher(HostileSuiteTest.LIMITS);
        MemoryBudget.Lease lease = budget.lease()) {
      fetcher.fetch(new FetchRequest(server.url("/"), 0, lease));

      assertThat(BUDGET - budget.free()).isEqualTo(1 << 16);
    }
  }

  @Test
  void whatIsReadIsPaidForUntilTheLeaseIsGivenBack() throws InterruptedException {
    try (HostileServer server = bringing(190_000);
        HttpFetcher fetcher = fetcher(HostileSuiteTest.LIMITS)) {
      try (MemoryBudget.Lease lease = budget.lease()) {
        fetcher.fetch(new FetchRequest(server.url("/"), 0, lease));

        assertThat(BUDGET - budget.free()).isBetween(190_000L, 195_000L);
      }
      assertThat(budget.free()).isEqualTo(BUDGET);
    }
  }

  @Test
  void memoryThatIsWaitedForIsNotTheServersTime() throws Exception {
    MemoryBudget small = new MemoryBudget(1 << 10);
    Duration wait = HostileSuiteTest.LIMITS.total().plusMillis(500);
    CountDownLatch used = new CountDownLatch(1);
    Thread other =
        Thread.ofVirtual()
            .start(() -> {
              try (MemoryBudget.Lease greedy = small.lease()) {
                greedy.grow(1 << 20);
                used.countDown();
                TimeUnit.MILLISECONDS.sleep(wait.toMillis());
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    used.await();

    try (HostileServer server = bringing(1_000);
        HttpFetcher fetcher = fetcher(HostileSuiteTest.LIMITS);
        MemoryBudget.Lease lease = small.lease()) {
      assertThat(fetcher.fetch(new FetchRequest(server.url("/"), 0, lease)))
          .isInstanceOf(Fetched.class);
    }
    other.join();
  }

  @Test
  void theRateOfTheProcessIsNotTheServersRate() throws InterruptedException {
    // 180,000 bytes at 100,000 a second take 1.5 s and more, of which none is the server's.
    FetchLimits slow = HostileSuiteTest.LIMITS.withAllBytesPerSecond(100_000);
    try (HostileServer server = bringing(180_000);
        HttpFetcher fetcher = fetcher(slow)) {
      long startedAt = System.nanoTime();

      assertThat(Fetches.fetch(fetcher, server.url("/"))).isInstanceOf(Fetched.class);
      assertThat(Duration.ofNanos(System.nanoTime() - startedAt))
          .isGreaterThan(Duration.ofMillis(1_400));
    }
  }

  @Test
  void aBodyThatKeepsItsRateMayTakeLongerThanTheGrace() throws InterruptedException {
    try (HostileServer server =
            new HostileServer((path, peer) -> {
              peer.write("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n");
              for (int i = 0; i < 10; i++) {
                peer.write("x".repeat(500));
                TimeUnit.MILLISECONDS.sleep(100);
              }
            });
        HttpFetcher fetcher = fetcher(HostileSuiteTest.LIMITS)) {
      assertThat(Fetches.fetch(fetcher, server.url("/"))).isInstanceOf(Fetched.class);
    }
  }

  @Test
  void theWholeHasItsEndWhateverTheRate() throws InterruptedException {
    try (HostileServer server =
            new HostileServer((path, peer) -> {
              peer.write("HTTP/1.1 200 OK\r\n\r\n");
              while (true) {
                peer.write("x".repeat(500));
                TimeUnit.MILLISECONDS.sleep(100);
              }
            });
        HttpFetcher fetcher = fetcher(HostileSuiteTest.LIMITS)) {
      Failed failed = (Failed) Fetches.fetch(fetcher, server.url("/"));

      assertThat(failed.reason()).isEqualTo(FailureReason.TOO_SLOW);
      assertThat(failed.detail()).isEqualTo("the whole took more than 4000 ms");
    }
  }

  private static HostileServer bringing(int bytes) {
    return new HostileServer((path, peer) ->
        peer.write(
            "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s".formatted(bytes, "x".repeat(bytes))));
  }

  private static HttpFetcher fetcher(FetchLimits limits) {
    return new HttpFetcher(
        new SourceSettings(
            limits,
            new AddressPolicy(true, AddressPolicy.WEB_PORTS),
            List.of(),
            HostileSuiteTest.ASKING,
            InstantSource.system(),
            false));
  }
}
