package io.twinstream.fetch.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {
  private static final AddressPolicy PUBLIC_ONLY =
      new AddressPolicy(false, AddressPolicy.WEB_PORTS);

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, this network",
    "0.255.255.255, this network",
    "10.0.0.0, private",
    "10.255.255.255, private",
    "100.64.0.0, carrier-grade",
    "100.100.100.200, carrier-grade",
    "100.127.255.255, carrier-grade",
    "127.0.0.0, loopback",
    "127.0.0.1, loopback",
    "127.255.255.255, loopback",
    "168.63.129.16, metadata",
    "169.254.0.0, link-local",
    "169.254.169.254, link-local",
    "169.254.255.255, link-local",
    "172.16.0.0, private",
    "172.31.255.255, private",
    "192.0.0.0, reserved",
    "192.0.0.192, reserved",
    "192.0.2.1, reserved",
    "192.88.99.1, reserved",
    "192.168.0.0, private",
    "192.168.255.255, private",
    "198.18.0.0, reserved",
    "198.19.255.255, reserved",
    "198.51.100.7, reserved",
    "203.0.113.7, reserved",
    "224.0.0.1, multicast",
    "239.255.255.255, multicast",
    "240.0.0.0, reserved",
    "255.255.255.255, reserved",
    "::, reserved",
    "::1, loopback",
    "::2, reserved",
    "::127.0.0.1, reserved",
    "::ffff:127.0.0.1, loopback",
    "::ffff:10.0.0.1, private",
    "::ffff:a9fe:a9fe, link-local",
    "::ffff:0:127.0.0.1, reserved",
    "64:ff9b::7f00:1, NAT64",
    "64:ff9b:1::a00:1, NAT64",
    "100::1, reserved",
    "2001::1, Teredo",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2, Teredo",
    "2001:10::1, reserved",
    "2001:20::1, reserved",
    "2001:1ff:ffff::1, reserved",
    "2001:db8::1, documentation",
    "3fff::1, documentation",
    "3fff:fff:ffff::1, documentation",
    "2002:7f00:1::, 6to4",
    "2002:a00:1::1, 6to4",
    "4000::1, reserved",
    "5f00::1, reserved",
    "fc00::1, private",
    "fd00:ec2::254, private",
    "fdff::1, private",
    "fe80::1, link-local",
    "febf::1, link-local",
    "fec0::1, reserved",
    "ff02::1, multicast",
    "ff0e::1, multicast"
  })
  void specialAddressesAreRefusedByTheirKind(String address, String kind) {
    InetSocketAddress endpoint = new InetSocketAddress(InetAddress.ofLiteral(address), 80);

    assertThatExceptionOfType(ForbiddenAddressException.class)
        .isThrownBy(() -> PUBLIC_ONLY.check(endpoint))
        .withMessageContaining(kind)
        .withMessageContaining(endpoint.getAddress().getHostAddress());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "93.184.216.34",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "168.63.129.15",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.1",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "::ffff:1.1.1.1",
        "2000::1",
        "2001:200::1",
        "2001:4860:4860::8888",
        "2606:4700:4700::1111",
        "2a00:1450:4001::1",
        "3ffe::1"
      })
  void ordinaryPublicAddressesAreAllowed(String address) {
    InetSocketAddress endpoint = new InetSocketAddress(InetAddress.ofLiteral(address), 443);

    assertThatCode(() -> PUBLIC_ONLY.check(endpoint)).doesNotThrowAnyException();
  }

  @Test
  void onPublicAddressesOnlyTheAllowedPortsAre() {
    InetAddress address = InetAddress.ofLiteral("1.1.1.1");

    assertThatExceptionOfType(ForbiddenAddressException.class)
        .isThrownBy(() -> PUBLIC_ONLY.check(new InetSocketAddress(address, 22)))
        .withMessageContaining("port 22");
    assertThatExceptionOfType(ForbiddenAddressException.class)
        .isThrownBy(() ->
            new AddressPolicy(true, AddressPolicy.WEB_PORTS)
                .check(new InetSocketAddress(address, 22)));
  }

  @Test
  void whoAllowsPrivateAddressesAllowsThemOnEveryPort() {
    AddressPolicy lenient = new AddressPolicy(true, AddressPolicy.WEB_PORTS);
    InetSocketAddress endpoint = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 12345);

    assertThatCode(() -> lenient.check(endpoint)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2130706433",
        "0x7f000001",
        "0X7F.1",
        "017700000001",
        "127.1",
        "127.0.1",
        "127.0.0.01",
        "0177.0.0.1",
        "0x7f.0.0.1",
        "127.0.0.1.",
        "127.0.0.256",
        "1.2.3.4.5",
        "a.1",
        "0x",
        "1.0x"
      })
  void aHostThatEndsInANumberAndIsNoPlainAddressIsOddlySpelt(String host) {
    assertThat(AddressPolicy.isOddlySpelt(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "255.255.255.255",
        "example.org",
        "1.example",
        "a1",
        "0xg",
        "::1",
        "x.y1"
      })
  void plainAddressesAndNamesAreNot(String host) {
    assertThat(AddressPolicy.isOddlySpelt(host)).isFalse();
  }
}
