package io.twinstream.fetch.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinstream.schema.FetchSubject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebAddressTest {
  @ParameterizedTest
  @CsvSource({
    "http://example.org, http://example.org/",
    "HTTPS://Example.ORG:443/A b, https://example.org/A%20b",
    "https://bücher.example/ä, https://xn--bcher-kva.example/%C3%A4",
    "http://1.2.3.4:8080/, http://1.2.3.4:8080/",
    "http://[2606:4700::1]/?a=[b], http://[2606:4700::1]/?a=[b]",
    "http://example.org./, http://example.org./",
    "http://x.y1/a@b:c, http://x.y1/a@b:c",
    "http://127.0.0.1.example/, http://127.0.0.1.example/"
  })
  void whatCanBeReadInOneWayIsRead(String written, String read) throws Exception {
    assertThat(WebAddress.parse(written)).hasToString(read);
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "ftp://example.org/ | scheme",
        "file:///etc/passwd | scheme",
        "javascript:alert(1) | scheme",
        "example.org | scheme",
        "//example.org/ | scheme",
        "http:example.org | odd-spelling",
        "http:\\\\example.org | odd-spelling",
        "http://exa\tmple.org | odd-spelling",
        "http://a@example.org | user-info",
        "http://@example.org | user-info",
        "http://2130706433/ | odd-host",
        "http://0x7f.1/ | odd-host",
        "http://example.%6Frg/ | odd-host",
        "http://[fe80::1%25eth0]/ | odd-host",
        "http://[::ffff:1.2.3.4]/ | mapped",
        "http://[::1/ | unreadable",
        "http:///x | unreadable",
        "http://a..b | unreadable"
      },
      delimiter = '|')
  void whatIsNoneIsRefusedByARule(String written, String rule) {
    ForbiddenAddressException refused =
        catchThrowableOfType(ForbiddenAddressException.class, () -> WebAddress.parse(written));

    assertThat(refused.rule()).hasToString(rule);
  }

  @ParameterizedTest
  @CsvSource({
    "/x, https://example.org/x",
    "x, https://example.org/a/x",
    "?x, https://example.org/a/b?x",
    "../x, https://example.org/x",
    "//other.example/x, https://other.example/x",
    "http://other.example, http://other.example/"
  })
  void aRedirectMayBeRelative(String location, String to) throws Exception {
    WebAddress from = WebAddress.parse("https://example.org/a/b");

    assertThat(from.follow(location)).hasToString(to);
  }

  @ParameterizedTest
  @CsvSource({
    "http://example.org/, example.org",
    "https://example.org/, example.org",
    "http://example.org:443/, example.org",
    "https://example.org:80/, example.org",
    "https://Example.org.:8443/, example.org:8443",
    "http://[2606:4700::1]:443/, [2606:4700::1]",
    "http://[2606:4700::1]:81/, [2606:4700::1]:81"
  })
  void aHostHasOneNameForItsWebAndOneForEachOtherPort(String written, String peer)
      throws Exception {
    assertThat(WebAddress.parse(written).peer()).isEqualTo(peer);
    assertThat(new FetchSubject.Host(peer).covers(peer)).isTrue();
  }
}
