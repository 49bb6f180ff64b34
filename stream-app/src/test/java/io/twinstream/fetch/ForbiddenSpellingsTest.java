package io.twinstream.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.fetch.FetchOutcome.Failed;
import io.twinstream.fetch.address.AddressPolicy;
import io.twinstream.schema.FailureReason;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No spelling of an address gets past the door, from the source as it was written. */
@Timeout(20)
class ForbiddenSpellingsTest {
  /** All names lead to this machine, whatever they are. */
  private static final HttpFetcher HTTP =
      new HttpFetcher(
          new SourceSettings(
              HostileSuiteTest.LIMITS,
              AddressPolicy.PUBLIC_ONLY,
              List.of(),
              HostileSuiteTest.ASKING,
              InstantSource.system(),
              false),
          host -> List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1")),
          builder -> builder);

  private final SourceFetcher fetcher = new SourceFetcher(Map.of("http", HTTP, "https", HTTP));

  @AfterAll
  static void close() {
    HTTP.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1/",
        "http://127.0.0.1:22/",
        "http://127.1.2.3/",
        "https://127.0.0.1/",
        "http://localhost/",
        "http://LOCALHOST/",
        "http://localhost./",
        "http://a.localhost/",
        "http://a.b.LocalHost./",
        "http://ｌｏｃａｌｈｏｓｔ/",
        "http://local\u00ADhost/",
        "http://metadata.google.internal/computeMetadata/v1/",
        "http://metadata.google.internal./",
        "http://METADATA/",
        "http://any.name.example/",
        "http://127.0.0.1.nip.example/",
        "http://0.0.0.0/",
        "http://0.1.2.3/",
        "http://10.1.2.3/",
        "http://172.16.0.1/",
        "http://172.31.255.255/",
        "http://192.168.0.1/",
        "http://100.64.0.1/",
        "http://100.100.100.200/",
        "http://169.254.169.254/latest/meta-data",
        "http://169.254.170.2/",
        "http://168.63.129.16/",
        "http://192.0.0.192/",
        "http://192.0.2.1/",
        "http://192.88.99.1/",
        "http://198.18.0.1/",
        "http://224.0.0.1/",
        "http://240.0.0.1/",
        "http://255.255.255.255/",
        "http://[::]/",
        "http://[::1]/",
        "http://[0:0:0:0:0:0:0:1]/",
        "http://[0000:0000:0000:0000:0000:0000:0000:0001]/",
        "http://[::127.0.0.1]/",
        "http://[::7f00:1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::FFFF:7F00:1]/",
        "http://[::ffff:1.1.1.1]/",
        "http://[0:0:0:0:0:ffff:10.0.0.1]/",
        "http://[::ffff:0:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[64:ff9b::127.0.0.1]/",
        "http://[64:ff9b:1::a00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[2002:a9fe:a9fe::1]/",
        "http://[2001:0:7f00:1::]/",
        "http://[2606:4700::5efe:7f00:1]/",
        "http://[2606:4700::200:5efe:10.0.0.1]/",
        "http://[100::1]/",
        "http://[2001:db8::1]/",
        "http://[3fff::1]/",
        "http://[5f00::1]/",
        "http://[fc00::1]/",
        "http://[fd00:ec2::254]/",
        "http://[fe80::1]/",
        "http://[fe80::a9fe:a9fe]/",
        "http://[fec0::1]/",
        "http://[ff02::1]/",
        "http://1.1.1.1:22/",
        "http://1.1.1.1:8080/",
        "https://1.1.1.1:25/",
        "http://[2606:4700:4700::1111]:6379/",
        " http://127.0.0.1/ ",
        "HTTP://127.0.0.1"
      })
  void aForbiddenAddressIsRefusedAsSuch(String source) throws InterruptedException {
    assertRefused(source, FailureReason.FORBIDDEN_ADDRESS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://2130706433/",
        "http://3232235521/",
        "http://0x7f000001/",
        "http://0X7F000001/",
        "http://017700000001/",
        "http://0177.0.0.1/",
        "http://0x7f.0.0.1/",
        "http://0x7f.0x0.0x0.0x1/",
        "http://127.0x0.1/",
        "http://127.1/",
        "http://127.0.1/",
        "http://127.0.0.1./",
        "http://127.0.0.01/",
        "http://127.0.0.256/",
        "http://1.1.1.1.1/",
        "http://0/",
        "http://0x/",
        "http://１２７.1/",
        "http://１２７.0.0.1/",
        "http://①②⑦.0.0.1/",
        "http://127。0。0。1/",
        "http://１.1.1.1/",
        "http://%31%32%37.0.0.1/",
        "http://127%2e0%2e0%2e1/",
        "http://loc%61lhost/",
        "http://%00.example.org/",
        "http://example.org%2f@1.1.1.1/",
        "http:127.0.0.1/",
        "http:/127.0.0.1/",
        "http:///127.0.0.1/",
        "http:////127.0.0.1/",
        "http:\\\\127.0.0.1\\",
        "http:/\\127.0.0.1/",
        "http://127.0.0.1\\@example.org/",
        "http://example.org\\@127.0.0.1/",
        "http://example.org@127.0.0.1/",
        "http://example.org:80@127.0.0.1/",
        "http://example.org#@127.0.0.1\\",
        "http://@1.1.1.1/",
        "http://user@1.1.1.1/",
        "http://user:secret@1.1.1.1/",
        "http://:secret@1.1.1.1/",
        "http://127.0\t.0.1/",
        "http://127.0\n.0.1/",
        "ht\ttp://127.0.0.1/",
        "http://exam\rple.org/",
        "http://example.org/\u0000",
        "http://",
        "http:///",
        "http://:80/",
        "http://a b/",
        "http://[::1/",
        "http://::1/",
        "http://[127.0.0.1]/",
        "http://[fe80::1%25eth0]/",
        "http://[fe80::1%eth0]/",
        "http://[::1%251]/",
        "http://[::1].example.org/",
        "http://1.1.1.1:65536/",
        "http://1.1.1.1:-1/",
        "http://1.1.1.1:0x50/",
        "http://a..b/"
      })
  void whatHidesWhereItLeadsIsNoSource(String source) throws InterruptedException {
    assertRefused(source, FailureReason.INVALID_SOURCE);
  }

  private void assertRefused(String source, FailureReason reason) throws InterruptedException {
    Failed failed = (Failed) Fetches.fetch(fetcher, source);

    assertThat(failed.reason()).as(failed.detail()).isEqualTo(reason);
    assertThat(failed.retry()).isEqualTo(FailureReason.Retry.NEVER);
  }
}
