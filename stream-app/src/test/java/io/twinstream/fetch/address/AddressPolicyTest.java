package io.twinstream.fetch.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {
  @ParameterizedTest
  @CsvSource({
    "http://10.1.2.3/, --allow-private or --allow-network allows it",
    "http://10.1.2.3:8080/, --allow-network together with --allow-port 8080",
    "http://localhost:9000/, --allow-network together with --allow-port 9000",
    "http://1.1.1.1:8080/, --allow-port adds one"
  })
  void aRefusalNamesAllThatIsNeededToAllowIt(String address, String remedy) {
    assertThatExceptionOfType(ForbiddenAddressException.class)
        .isThrownBy(() -> AddressPolicy.PUBLIC_ONLY.check(WebAddress.parse(address)))
        .withMessageContaining(remedy);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, this-network",
    "0.255.255.255, this-network",
    "10.0.0.0, private",
    "10.255.255.255, private",
    "100.64.0.0, cgnat",
    "100.100.100.200, metadata",
    "100.127.255.255, cgnat",
    "127.0.0.0, loopback",
    "127.0.0.1, loopback",
    "127.255.255.255, loopback",
    "168.63.129.16, metadata",
    "169.254.0.0, link-local",
    "169.254.169.254, metadata",
    "169.254.170.2, metadata",
    "169.254.255.255, link-local",
    "172.16.0.0, private",
    "172.31.255.255, private",
    "192.0.0.0, reserved",
    "192.0.0.192, metadata",
    "192.0.2.1, documentation",
    "192.88.99.1, 6to4",
    "192.168.0.0, private",
    "192.168.255.255, private",
    "198.18.0.0, benchmark",
    "198.19.255.255, benchmark",
    "198.51.100.7, documentation",
    "203.0.113.7, documentation",
    "224.0.0.1, multicast",
    "239.255.255.255, multicast",
    "240.0.0.0, reserved",
    "255.255.255.255, reserved",
    "::, this-network",
    "::1, loopback",
    "::2, compatible",
    "::127.0.0.1, compatible",
    "::ffff:127.0.0.1, loopback",
    "::ffff:10.0.0.1, private",
    "::ffff:a9fe:a9fe, metadata",
    "::ffff:0:127.0.0.1, mapped",
    "64:ff9b::7f00:1, nat64",
    "64:ff9b:1::a00:1, nat64",
    "64:ff9b:2::1, reserved",
    "100::1, reserved",
    "2001::1, teredo",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2, teredo",
    "2001:1::1, reserved",
    "2001:2::1, benchmark",
    "2001:10::1, reserved",
    "2001:20::1, reserved",
    "2001:1ff:ffff::1, reserved",
    "2001:db8::1, documentation",
    "3fff::1, documentation",
    "3fff:fff:ffff::1, documentation",
    "2002:7f00:1::, 6to4",
    "2002:a00:1::1, 6to4",
    "2606:4700::5efe:7f00:1, isatap",
    "2606:4700::200:5efe:101:101, isatap",
    "4000::1, reserved",
    "5f00::1, reserved",
    "fc00::1, private",
    "fd00:ec2::254, metadata",
    "fd20:ce::254, metadata",
    "fdff::1, private",
    "fe80::1, link-local",
    "fe80::a9fe:a9fe, metadata",
    "febf::1, link-local",
    "fec0::1, private",
    "ff02::1, multicast",
    "ff0e::1, multicast"
  })
  void specialAddressesAreRefusedByTheirKind(String address, String rule) {
    InetSocketAddress endpoint = new InetSocketAddress(InetAddress.ofLiteral(address), 80);

    assertThatExceptionOfType(ForbiddenAddressException.class)
        .isThrownBy(() -> AddressPolicy.PUBLIC_ONLY.check(endpoint))
        .withMessageContaining(endpoint.getAddress().getHostAddress())
        .satisfies(refused -> assertThat(refused.rule()).hasToString(rule));
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

    assertThatCode(() -> AddressPolicy.PUBLIC_ONLY.check(endpoint)).doesNotThrowAnyException();
  }

  @Test
  void onPublicAddressesOnlyTheAllowedPortsAre() {
    AddressPolicy lenient = new AddressPolicy(true, AddressPolicy.WEB_PORTS);

    assertThat(rule(AddressPolicy.PUBLIC_ONLY, "http://1.1.1.1:22/")).isEqualTo(Rule.PORT);
    assertThat(rule(AddressPolicy.PUBLIC_ONLY, "http://a.example:22/")).isEqualTo(Rule.PORT);
    assertThat(rule(lenient, "http://1.1.1.1:22/")).isEqualTo(Rule.PORT);
    assertAllowed(new AddressPolicy(false, Set.of(22)), "http://1.1.1.1:22/");
  }

  @Test
  void whoAllowsPrivateAddressesAllowsThemOnEveryPort() {
    AddressPolicy lenient = new AddressPolicy(true, AddressPolicy.WEB_PORTS);

    assertAllowed(lenient, "http://127.0.0.1:12345/");
    assertAllowed(lenient, "http://localhost:12345/");
    assertAllowed(lenient, "http://metadata.google.internal/");
  }

  @Test
  void anAllowedNetworkIsAnExceptionOnTheAllowedPorts() {
    AddressPolicy policy =
        new AddressPolicy(
            false,
            AddressPolicy.WEB_PORTS,
            Set.of(),
            List.of(Network.parse("10.1.0.0/16"), Network.parse("fd00:1::/32")));

    assertAllowed(policy, "http://10.1.2.3/");
    assertAllowed(policy, "http://[fd00:1::5]/");
    assertThat(rule(policy, "http://10.2.0.1/")).isEqualTo(Rule.PRIVATE);
    assertThat(rule(policy, "http://10.1.2.3:22/")).isEqualTo(Rule.PORT);
    assertThat(rule(policy, "http://localhost/")).isEqualTo(Rule.LOOPBACK);
  }

  @Test
  void aMetadataServiceIsReachedOnlyByItsOwnName() {
    String service = "http://169.254.169.254/";
    AddressPolicy wide = allowing("169.254.0.0/16");
    AddressPolicy exact = allowing("169.254.169.254");

    assertThat(rule(wide, service)).isEqualTo(Rule.METADATA);
    assertThat(rule(wide, "http://169.254.1.1/")).isNull();
    assertAllowed(exact, service);
  }

  @Test
  void whereHostsAreNamedNoOtherIsAsked() {
    AddressPolicy policy =
        new AddressPolicy(
            false,
            AddressPolicy.WEB_PORTS,
            Set.of("Pictures.example", "*.example.org", "1.1.1.1", "bücher.example"),
            List.of());

    assertAllowed(policy, "http://pictures.example/");
    assertAllowed(policy, "http://pictures.EXAMPLE./");
    assertAllowed(policy, "http://a.b.example.org/");
    assertAllowed(policy, "http://1.1.1.1/");
    assertAllowed(policy, "http://xn--bcher-kva.example/");
    for (String other :
        new String[] {
          "example.org", "badexample.org", "a.pictures.example", "1.1.1.2", "example.org.evil.test"
        }) {
      assertThat(rule(policy, "http://%s/".formatted(other))).isEqualTo(Rule.HOST_NOT_ALLOWED);
    }
  }

  @Test
  void anAllowedHostIsNoAllowedAddress() {
    AddressPolicy policy =
        new AddressPolicy(false, AddressPolicy.WEB_PORTS, Set.of("127.0.0.1"), List.of());

    assertThat(rule(policy, "http://127.0.0.1/")).isEqualTo(Rule.LOOPBACK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "*.", "a/b", "http://a", "a:81", "a@b", "a..b", "*.*.a"})
  void whatIsNoHostIsRefusedByName(String pattern) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new AddressPolicy(false, AddressPolicy.WEB_PORTS, Set.of(pattern), List.of()))
        .withMessageStartingWith(pattern + " is no host such as");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65_536})
  void whatIsNoPortIsRefused(int port) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AddressPolicy(false, Set.of(port)))
        .withMessage("a port is 1 to 65535, not " + port);
  }

  private static AddressPolicy allowing(String network) {
    return new AddressPolicy(
        false, AddressPolicy.WEB_PORTS, Set.of(), List.of(Network.parse(network)));
  }

  /** Null if it is allowed. */
  private static Rule rule(AddressPolicy policy, String address) {
    ForbiddenAddressException refused =
        catchThrowableOfType(
            ForbiddenAddressException.class, () -> policy.check(WebAddress.parse(address)));
    return refused == null ? null : refused.rule();
  }

  private static void assertAllowed(AddressPolicy policy, String address) {
    assertThat(rule(policy, address)).as(address).isNull();
  }
}
