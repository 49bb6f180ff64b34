package io.twinstream.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.fetch.FetchOutcome.Failed;
import io.twinstream.fetch.address.AddressPolicy;
import io.twinstream.fetch.address.Network;
import io.twinstream.fetch.address.Resolver;
import io.twinstream.schema.FailureReason;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ServerSocketFactory;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every behaviour has its outcome, takes its time and no more, and leaves nothing behind. */
@Timeout(30)
class HostileSuiteTest {
  static final Instant NOW = Instant.parse("2026-05-04T10:20:30Z");
  static final UserAgent ASKING = new UserAgent("1", Optional.of("https://example.org"));

  /** Smaller than those in force, and long enough for a machine that is busy. */
  static final FetchLimits LIMITS =
      new FetchLimits(
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofMillis(1_500),
          Duration.ofMillis(1_200),
          Duration.ofSeconds(4),
          1_000,
          Duration.ofMillis(300),
          200_000,
          200_000,
          3,
          FetchLimits.UNBOUNDED);

  private static final String HOST = "pictures.test";
  private static final HeldCertificate TRUSTED_ROOT =
      new HeldCertificate.Builder().certificateAuthority(0).build();

  /** What Java keeps from its first connection on is no leftover. */
  @BeforeAll
  static void connectOnce() throws InterruptedException {
    for (Behaviour.Server kind : Behaviour.Server.values()) {
      Behaviour friendly =
          new Behaviour(
              "is friendly",
              kind,
              (path, peer) -> peer.write("HTTP/1.1 200 OK\r\n\r\n"),
              Behaviour.FETCHED,
              0,
              "");
      try (HostileServer server = new HostileServer(sockets(kind), friendly.manners())) {
        ask(friendly, server);
      }
    }
  }

  static Stream<Behaviour> behaviours() {
    return Behaviours.all().stream();
  }

  @ParameterizedTest
  @MethodSource("behaviours")
  void eachBehaviourHasItsOutcomeAndLeavesNothingBehind(Behaviour behaviour)
      throws InterruptedException {
    Leftovers before = new Leftovers();
    HostileServer server = new HostileServer(sockets(behaviour.server()), behaviour.manners());
    long startedAt = System.nanoTime();

    FetchOutcome outcome = ask(behaviour, server);

    assertThat(name(outcome)).as(outcome.toString()).isEqualTo(behaviour.outcome());
    if (outcome instanceof Failed failed) {
      assertThat(failed.httpStatus()).isEqualTo(behaviour.status());
      assertThat(failed.retry())
          .isEqualTo(FailureReason.parse(behaviour.outcome()).retry(behaviour.status()));
      assertThat(failed.detail()).isNotBlank().hasSizeLessThanOrEqualTo(Failed.MAX_DETAIL);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - startedAt)).isLessThan(Duration.ofSeconds(10));
    before.assertNone(server);
  }

  private static FetchOutcome ask(Behaviour behaviour, HostileServer server)
      throws InterruptedException {
    boolean isPlain =
        behaviour.server() == Behaviour.Server.PLAIN
            || behaviour.server() == Behaviour.Server.REBINDING;
    AddressPolicy policy =
        new AddressPolicy(
            false, Set.of(80, 443, server.port()), Set.of(), List.of(Network.parse("127.0.0.1")));
    try (HttpFetcher fetcher =
        new HttpFetcher(
            new SourceSettings(LIMITS, policy, List.of(), ASKING, InstantSource.fixed(NOW), false),
            resolver(behaviour.server()),
            HostileSuiteTest::trusting)) {
      return Fetches.fetch(
          fetcher, "%s://%s:%d/".formatted(isPlain ? "http" : "https", HOST, server.port()));
    }
  }

  private static Resolver resolver(Behaviour.Server server) {
    AtomicInteger lookups = new AtomicInteger();
    return host ->
        List.of(
            InetAddress.ofLiteral(
                server == Behaviour.Server.REBINDING && lookups.getAndIncrement() > 0
                    ? "127.0.0.2"
                    : "127.0.0.1"));
  }

  static OkHttpClient.Builder trusting(OkHttpClient.Builder builder) {
    HandshakeCertificates trust =
        new HandshakeCertificates.Builder()
            .addTrustedCertificate(TRUSTED_ROOT.certificate())
            .build();
    return builder.sslSocketFactory(trust.sslSocketFactory(), trust.trustManager());
  }

  static ServerSocketFactory sockets(Behaviour.Server server) {
    HeldCertificate.Builder certificate = new HeldCertificate.Builder();
    switch (server) {
      case PLAIN, NOT_SECURE, REBINDING -> {
        return ServerSocketFactory.getDefault();
      }
      case SECURE -> certificate.addSubjectAlternativeName(HOST).signedBy(TRUSTED_ROOT);
      case SELF_SIGNED -> certificate.addSubjectAlternativeName(HOST);
      case WRONG_NAME -> certificate.addSubjectAlternativeName("a.test").signedBy(TRUSTED_ROOT);
      case EXPIRED ->
          certificate
              .addSubjectAlternativeName(HOST)
              .validityInterval(0, NOW.minus(Duration.ofDays(400)).toEpochMilli())
              .signedBy(TRUSTED_ROOT);
    }
    return new HandshakeCertificates.Builder()
        .heldCertificate(certificate.build())
        .build()
        .sslContext()
        .getServerSocketFactory();
  }

  private static String name(FetchOutcome outcome) {
    return switch (outcome) {
      case FetchOutcome.Fetched fetched -> Behaviour.FETCHED;
      case FetchOutcome.Moved moved -> Behaviour.MOVED;
      case FetchOutcome.NotTried notTried -> notTried.why();
      case Failed failed -> failed.reason().toString();
    };
  }
}
