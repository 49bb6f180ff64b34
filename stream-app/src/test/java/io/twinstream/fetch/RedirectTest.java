package io.twinstream.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.fetch.FetchOutcome.Failed;
import io.twinstream.fetch.FetchOutcome.Fetched;
import io.twinstream.fetch.FetchOutcome.Moved;
import io.twinstream.fetch.address.AddressPolicy;
import io.twinstream.schema.FailureReason;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class RedirectTest {
  private static final String THERE =
      "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nthere";

  private final HttpFetcher fetcher =
      new HttpFetcher(
          new SourceSettings(
              FetchLimits.DEFAULT,
              new AddressPolicy(true, AddressPolicy.WEB_PORTS),
              List.of(),
              HostileSuiteTest.ASKING,
              InstantSource.system(),
              false));
  private HostileServer server;

  @AfterEach
  void close() {
    fetcher.close();
    server.close();
  }

  @Test
  void threeRedirectsAreFollowedAndAFourthIsNot() throws InterruptedException {
    serve((path, peer) -> {
      int left = Integer.parseInt(path.substring(1));
      peer.write(left == 0 ? THERE : Behaviours.redirect("/" + (left - 1)));
    });

    assertThat(fetched("/3")).isEqualTo("there".getBytes(ISO_8859_1));
    assertThat(failed("/4").reason()).isEqualTo(FailureReason.BAD_REDIRECT);
    assertThat(server.requests()).hasSize(8);
  }

  @Test
  void whereRequestsAreCountedEachRedirectWaitsForItsTurn() throws InterruptedException {
    serve((path, peer) -> peer.write(Behaviours.redirect("/next")));
    try (HttpFetcher counted =
        new HttpFetcher(
            new SourceSettings(
                FetchLimits.DEFAULT,
                new AddressPolicy(true, AddressPolicy.WEB_PORTS),
                List.of(),
                HostileSuiteTest.ASKING,
                InstantSource.system(),
                true))) {
      assertThat(Fetches.fetch(counted, server.url("/")))
          .isEqualTo(new Moved(server.url("/next"), 1));
      assertThat(server.requests()).hasSize(1);
      assertThat(((Failed) Fetches.fetch(counted, server.url("/next"), 3)).reason())
          .isEqualTo(FailureReason.BAD_REDIRECT);
    }
  }

  @Test
  void redirectsOfEarlierHostsCount() throws InterruptedException {
    serve((path, peer) -> peer.write(Behaviours.redirect("http://1.1.1.1/")));

    assertThat(Fetches.fetch(fetcher, server.url("/"), 2))
        .isEqualTo(new Moved("http://1.1.1.1/", 3));
    assertThat(((Failed) Fetches.fetch(fetcher, server.url("/"), 3)).reason())
        .isEqualTo(FailureReason.BAD_REDIRECT);
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:1/x, http://127.0.0.1:1/x",
    "//example.org/a?b#c, http://example.org/a?b#c",
    "HTTPS://EXAMPLE.org, https://example.org/"
  })
  void anotherHostOrPortIsAskedInItsTurn(String location, String to) throws InterruptedException {
    serve((path, peer) -> peer.write(Behaviours.redirect(location)));

    assertThat(Fetches.fetch(fetcher, server.url("/"))).isEqualTo(new Moved(to, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"file:///etc/passwd", "ftp://127.0.0.1/", "data:,x", "http://", "http://a:99999/"})
  void aRedirectToWhatIsNoWebAddressIsBad(String target) throws InterruptedException {
    serve((path, peer) -> peer.write(Behaviours.redirect(target)));

    assertThat(failed("/").reason()).isEqualTo(FailureReason.BAD_REDIRECT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user@127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "/\\example.org/",
        "\\\\example.org/",
        "//127.0.0.1\\@example.org/"
      })
  void aRedirectIsJudgedLikeAFirstAddress(String target) throws InterruptedException {
    serve((path, peer) -> peer.write(Behaviours.redirect(target)));

    assertThat(failed("/").reason()).isEqualTo(FailureReason.INVALID_SOURCE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://1.1.1.1:22/", "http://[2606:4700:4700::1111]:25/"})
  void theEndOfARedirectIsJudgedLikeTheFirst(String target) throws InterruptedException {
    // A server of this test is private, so what is forbidden beyond it is a port of a public one.
    serve((path, peer) -> peer.write(Behaviours.redirect(target)));

    assertThat(failed("/").reason()).isEqualTo(FailureReason.FORBIDDEN_ADDRESS);
  }

  private void serve(HostileServer.Manners manners) {
    server = new HostileServer(manners);
  }

  private byte[] fetched(String path) throws InterruptedException {
    return ((Fetched) Fetches.fetch(fetcher, server.url(path))).bytes();
  }

  private Failed failed(String path) throws InterruptedException {
    return (Failed) Fetches.fetch(fetcher, server.url(path));
  }
}
