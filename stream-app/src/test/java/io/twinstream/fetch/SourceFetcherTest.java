package io.twinstream.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.fetch.FetchOutcome.Failed;
import io.twinstream.schema.FailureReason;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceFetcherTest {
  /** Answers with what it was asked for. */
  private static final Fetcher ECHO = source -> new Failed(FailureReason.CORRUPT, source);

  private final SourceFetcher fetcher = new SourceFetcher(Map.of("http", ECHO, "file", ECHO));

  @ParameterizedTest
  @ValueSource(strings = {"http://a/b", "HTTP://a/b", "hTTp:rest", "file:///x", "File:/x"})
  void theSchemeIsReadWithoutRegardToCase(String source) throws InterruptedException {
    assertThat(fetcher.fetch(source)).isEqualTo(ECHO.fetch(source));
  }

  @ParameterizedTest
  @ValueSource(strings = {" http://a/b", "http://a/b\n", "\t http://a/b \r\n"})
  void spaceAroundASourceIsNoPartOfIt(String source) throws InterruptedException {
    assertThat(fetcher.fetch(source)).isEqualTo(ECHO.fetch("http://a/b"));
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
    Failed failed = (Failed) fetcher.fetch(source);

    assertThat(failed.reason()).isEqualTo(FailureReason.UNSUPPORTED_SCHEME);
    assertThat(failed.detail()).contains("scheme " + scheme, "[file, http]");
    assertThat(failed.retry()).isNotEqualTo(FailureReason.Retry.BY_ITSELF);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "  ", "/etc/passwd", "//host/path", "1http://a", ":a", "a b:c", "ä:b"})
  void whatHasNoSchemeIsNoSource(String source) throws InterruptedException {
    Failed failed = (Failed) fetcher.fetch(source);

    assertThat(failed.reason()).isEqualTo(FailureReason.INVALID_SOURCE);
  }
}
