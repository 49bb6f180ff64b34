package io.twinstream.fetch.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class VettedDnsTest {
  private static final InetAddress PUBLIC = InetAddress.ofLiteral("1.1.1.1");
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress NAT64 = InetAddress.ofLiteral("64:ff9b::7f00:1");

  @Test
  void keepsTheAddressesThatMayBeConnectedTo() throws Exception {
    try (VettedDns dns = patient(host -> List.of(LOOPBACK, PUBLIC, NAT64))) {
      assertThat(dns.lookup("a.example")).containsExactly(PUBLIC);
    }
  }

  @Test
  void saysWhichRuleForbidsANameThatLeadsNowhereElse() {
    try (VettedDns dns = patient(host -> List.of(NAT64, LOOPBACK))) {
      UnknownHostException refused =
          catchThrowableOfType(UnknownHostException.class, () -> dns.lookup("a.example"));

      assertThat(refused.getCause())
          .isInstanceOfSatisfying(
              ForbiddenAddressException.class,
              cause -> assertThat(cause.rule()).isEqualTo(Rule.NAT64))
          .hasMessageContaining("a.example leads to 64:ff9b");
    }
  }

  @Test
  void nobodyWaitsLongerThanTheDeadline() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (VettedDns dns =
        dns(host -> {
          await(never);
          return List.of(PUBLIC);
        })) {
      UnknownHostException late =
          catchThrowableOfType(UnknownHostException.class, () -> dns.lookup("a.example"));

      assertThat(late.getCause()).isInstanceOf(TimeoutException.class);
    }
  }

  @Test
  void aNameIsLookedUpOnceAtATimeOnAPlatformThread() throws Exception {
    AtomicInteger lookups = new AtomicInteger();
    AtomicBoolean virtual = new AtomicBoolean();
    CountDownLatch go = new CountDownLatch(1);
    Resolver slow =
        host -> {
          lookups.incrementAndGet();
          virtual.set(Thread.currentThread().isVirtual());
          await(go);
          return List.of(PUBLIC);
        };
    try (VettedDns dns = patient(slow);
        ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<InetAddress>>> answers =
          IntStream.range(0, 200)
              .mapToObj(i -> asking.submit(() -> dns.lookup("a.example")))
              .toList();
      Awaitility.await().until(() -> lookups.get() > 0);

      go.countDown();

      for (Future<List<InetAddress>> answer : answers) {
        assertThat(answer.get()).containsExactly(PUBLIC);
      }
    }
    assertThat(virtual).isFalse();
    assertThat(lookups.get()).isLessThan(200);
  }

  @Test
  void threadsAreBoundedWhileLookupsHangAndWhatNobodyWaitsForIsNotBegun() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger lookups = new AtomicInteger();
    Resolver hanging =
        host -> {
          lookups.incrementAndGet();
          await(never);
          return List.of(PUBLIC);
        };
    try (VettedDns dns = dns(hanging);
        ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<InetAddress>>> answers =
          IntStream.range(0, 2_000)
              .mapToObj(i -> asking.submit(() -> dns.lookup("a%d.example".formatted(i))))
              .toList();

      int refused = 0;
      for (Future<List<InetAddress>> answer : answers) {
        Throwable why =
            catchThrowableOfType(ExecutionException.class, answer::get).getCause().getCause();
        assertThat(why).isInstanceOfAny(TimeoutException.class, RejectedExecutionException.class);
        refused += why instanceof RejectedExecutionException ? 1 : 0;
      }
      assertThat(refused).isEqualTo(2_000 - 512);
      never.countDown();
      assertThat(dns.lookup("b.example")).containsExactly(PUBLIC);
    }
    assertThat(lookups).hasValue(512 + 1);
  }

  @Test
  void asManyHangingNamesAsThereAreDownloadsHoldUpNoOther() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger hanging = new AtomicInteger();
    Resolver resolver =
        host -> {
          if (host.startsWith("bad")) {
            hanging.incrementAndGet();
            await(go);
          }
          return List.of(PUBLIC);
        };
    try (VettedDns dns = patient(resolver);
        ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<InetAddress>>> bad =
          IntStream.range(0, 256)
              .mapToObj(i -> asking.submit(() -> dns.lookup("bad%d.example".formatted(i))))
              .toList();
      Awaitility.await().until(() -> hanging.get() == 256);

      assertThat(dns.lookup("good.example")).containsExactly(PUBLIC);
      assertThat(bad).noneMatch(Future::isDone);
      go.countDown();
    }
  }

  private static VettedDns patient(Resolver resolver) {
    return new VettedDns(resolver, AddressPolicy.PUBLIC_ONLY, Duration.ofSeconds(10));
  }

  private static VettedDns dns(Resolver resolver) {
    return new VettedDns(resolver, AddressPolicy.PUBLIC_ONLY, Duration.ofMillis(200));
  }

  private static void await(CountDownLatch latch) throws UnknownHostException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new UnknownHostException("given up");
    }
  }
}
