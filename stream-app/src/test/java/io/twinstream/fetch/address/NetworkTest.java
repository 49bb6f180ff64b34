package io.twinstream.fetch.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
  @ParameterizedTest
  @CsvSource({
    "10.1.0.0/16, 10.1.0.0, true",
    "10.1.0.0/16, 10.1.255.255, true",
    "10.1.0.0/16, 10.2.0.0, false",
    "100.64.0.0/10, 100.127.255.255, true",
    "100.64.0.0/10, 100.128.0.0, false",
    "0.0.0.0/0, 255.255.255.255, true",
    "0.0.0.0/0, ::1, false",
    "10.1.2.3, 10.1.2.3, true",
    "10.1.2.3, 10.1.2.2, false",
    "fd00:1::/32, fd00:1:ffff::1, true",
    "fd00:1::/32, fd00:2::1, false",
    "::/0, 10.1.2.3, false"
  })
  void containsWhatSharesItsPrefix(String network, String address, boolean contains) {
    assertThat(Network.parse(network).contains(InetAddress.ofLiteral(address))).isEqualTo(contains);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.1.0.0/33",
        "10.1.0.0/-1",
        "10.1.0.1/16",
        "fd00::/129",
        "a.example/8",
        "/8"
      })
  void whatIsNoneIsRefusedByName(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.parse(text))
        .withMessageStartingWith(text + " is no network such as");
  }
}
