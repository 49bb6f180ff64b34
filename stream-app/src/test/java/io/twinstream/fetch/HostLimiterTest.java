package io.twinstream.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HostLimiterTest {
  @Test
  void neverLetsMoreInThanItsLimitWhateverTheThreadsDo() throws Exception {
    HostLimiter limiter = new HostLimiter(3);
    Map<String, AtomicInteger> inside = new ConcurrentHashMap<>();
    AtomicInteger most = new AtomicInteger();
    List<Future<?>> visits = new ArrayList<>();

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 2000; i++) {
        String host = "host-" + i % 5;
        visits.add(
            threads.submit(() -> {
              try (HostLimiter.Place _ = limiter.enter(host)) {
                AtomicInteger here = inside.computeIfAbsent(host, name -> new AtomicInteger());
                most.accumulateAndGet(here.incrementAndGet(), Math::max);
                here.decrementAndGet();
              }
              return null;
            }));
      }
    }

    for (Future<?> visit : visits) {
      visit.get();
    }
    assertThat(most).hasValueBetween(1, 3);
    assertThat(limiter.hosts()).isZero();
  }

  @Test
  void aFullHostHoldsUpNobodyElse() throws Exception {
    HostLimiter limiter = new HostLimiter(1);

    try (HostLimiter.Place _ = limiter.enter("busy");
        HostLimiter.Place _ = limiter.enter("other")) {
      assertThat(limiter.hosts()).isEqualTo(2);
    }

    assertThat(limiter.hosts()).isZero();
  }

  @Test
  void whoWaitsGetsThePlaceThatIsGivenBack() throws Exception {
    HostLimiter limiter = new HostLimiter(1);
    HostLimiter.Place held = limiter.enter("host");
    CountDownLatch entered = new CountDownLatch(1);
    Thread waiting =
        Thread.ofVirtual()
            .start(() -> {
              try (HostLimiter.Place _ = limiter.enter("host")) {
                entered.countDown();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    await().until(() -> waiting.getState() == Thread.State.WAITING);

    held.close();

    entered.await();
    waiting.join();
    assertThat(limiter.hosts()).isZero();
  }

  @Test
  void whoIsInterruptedWhileWaitingLeavesNothingBehind() throws Exception {
    HostLimiter limiter = new HostLimiter(1);
    HostLimiter.Place held = limiter.enter("host");
    AtomicInteger interrupted = new AtomicInteger();
    Thread waiting =
        Thread.ofVirtual()
            .start(() -> {
              try (HostLimiter.Place _ = limiter.enter("host")) {
                throw new AssertionError("there is one place only");
              } catch (InterruptedException e) {
                interrupted.incrementAndGet();
              }
            });
    await().until(() -> waiting.getState() == Thread.State.WAITING);

    waiting.interrupt();
    waiting.join();
    held.close();

    assertThat(interrupted).hasValue(1);
    assertThat(limiter.hosts()).isZero();
    limiter.enter("host").close();
  }
}
