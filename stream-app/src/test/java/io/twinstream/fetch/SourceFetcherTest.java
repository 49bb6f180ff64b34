package io.twinstream.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.fetch.FetchOutcome.Failed;
import io.twinstream.fetch.FetchOutcome.Fetched;
import io.twinstream.fetch.address.AddressPolicy;
import io.twinstream.schema.FailureReason;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceFetcherTest {
  /** Answers with what it was asked for. */
  private static final Fetcher ECHO =
      request -> new Failed(FailureReason.CORRUPT, request.address());

  private static final Failed ECHO_OF_A_B = new Failed(FailureReason.CORRUPT, "http://a/b");

  private final SourceFetcher fetcher = new SourceFetcher(Map.of("http", ECHO, "file", ECHO));

  @ParameterizedTest
  @ValueSource(strings = {"http://a/b", "HTTP://a/b", "hTTp:rest", "file:///x", "File:/x"})
  void theSchemeIsReadWithoutRegardToCase(String source) throws InterruptedException {
    assertThat(Fetches.fetch(fetcher, source)).isEqualTo(Fetches.fetch(ECHO, source));
  }

  @ParameterizedTest
  @ValueSource(strings = {" http://a/b", "http://a/b\n", "\t http://a/b \r\n"})
  void spaceAroundASourceIsNoPartOfIt(String source) throws InterruptedException {
    assertThat(Fetches.fetch(fetcher, source)).isEqualTo(Fetches.fetch(ECHO, "http://a/b"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://a/b,https",
    "ftp://a/b,ftp",
    "data:image/png;base64,data",
    "jar:http://a!/b,jar",
    "gopher://a,gopher",
    "javascript:alert(1),javascript",
    "C:\\pictures\\a.jpg,c"
  })
  void otherSchemesAreRefusedByName(String source, String scheme) throws InterruptedException {
    Failed failed = (Failed) Fetches.fetch(fetcher, source);

    assertThat(failed.reason()).isEqualTo(FailureReason.UNSUPPORTED_SCHEME);
    assertThat(failed.detail()).contains("scheme " + scheme, "[file, http]");
    assertThat(failed.retry()).isNotEqualTo(FailureReason.Retry.BY_ITSELF);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "  ", "/etc/passwd", "//host/path", "1http://a", ":a", "a b:c", "ä:b"})
  void whatHasNoSchemeIsNoSource(String source) throws InterruptedException {
    Failed failed = (Failed) Fetches.fetch(fetcher, source);

    assertThat(failed.reason()).isEqualTo(FailureReason.INVALID_SOURCE);
  }

  @Test
  void schemesOfProvidersOnTheClassPathAreFetchedToo() throws InterruptedException {
    try (SourceFetcher all = SourceFetcher.open(settings())) {
      assertThat(Fetches.fetch(all, "Shelf:a"))
          .isEqualTo(new Failed(FailureReason.NOT_FOUND, "Shelf:a is not on the shelf"));
      assertThat(((Fetched) Fetches.fetch(all, "shelf:a")).bytes())
          .isEqualTo("first".getBytes(UTF_8));
    }
  }

  @Test
  void filesAreFetchedOnlyWhereThereIsAFolderToReadFrom() throws InterruptedException {
    try (SourceFetcher all = SourceFetcher.open(settings())) {
      assertThat(((Failed) Fetches.fetch(all, "file:///etc/hosts")).reason())
          .isEqualTo(FailureReason.UNSUPPORTED_SCHEME);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/hosts", "FILE:/x", "ftp://a"})
  void noRedirectLeadsToAnythingButTheWeb(String source) throws InterruptedException {
    Failed failed = (Failed) Fetches.fetch(fetcher, source, 1);

    assertThat(failed.reason()).isEqualTo(FailureReason.BAD_REDIRECT);
    assertThat(Fetches.fetch(fetcher, "http://a/b", 1)).isEqualTo(ECHO_OF_A_B);
  }

  @Test
  void aHostThatItsFetcherFailsToTellIsNone() throws InterruptedException {
    Fetcher broken =
        new Fetcher() {
          @Override
          public Optional<String> host(String address) {
            throw new IllegalArgumentException("oops");
          }

          @Override
          public FetchOutcome fetch(FetchRequest request) {
            return ECHO_OF_A_B;
          }
        };
    SourceFetcher fetcher = new SourceFetcher(Map.of("shelf", broken));

    assertThat(fetcher.host("shelf:1")).isEmpty();
    assertThat(Fetches.fetch(fetcher, "shelf:1")).isEqualTo(ECHO_OF_A_B);
  }

  private static SourceSettings settings() {
    return new SourceSettings(
        FetchLimits.DEFAULT,
        AddressPolicy.PUBLIC_ONLY,
        List.of(),
        new UserAgent("1", Optional.empty()),
        InstantSource.system(),
        false);
  }
}
