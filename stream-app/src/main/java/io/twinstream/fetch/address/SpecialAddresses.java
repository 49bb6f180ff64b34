package io.twinstream.fetch.address;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * What is not ordinary public address space: the IANA registries of special-purpose addresses (RFC
 * 6890), multicast, space that nobody was given, IPv6 that carries IPv4, and the metadata services
 * of clouds.
 */
final class SpecialAddresses {
  private record Range(Network network, Rule rule) {}

  /** The first that fits holds, so the special ones stand before the general. */
  private static final List<Range> RANGES =
      List.of(
          // Amazon, Azure, Google and most others; containers at Amazon.
          range("169.254.169.254/32", Rule.METADATA),
          range("169.254.170.2/32", Rule.METADATA),
          range("169.254.170.23/32", Rule.METADATA),
          range("fd00:ec2::254/128", Rule.METADATA),
          range("fd00:ec2::23/128", Rule.METADATA),
          range("fd20:ce::254/128", Rule.METADATA),
          range("fe80::a9fe:a9fe/128", Rule.METADATA),
          // Azure's platform service: a public address, but every virtual machine reaches its own.
          range("168.63.129.16/32", Rule.METADATA),
          range("100.100.100.200/32", Rule.METADATA),
          range("192.0.0.192/32", Rule.METADATA),
          range("0.0.0.0/8", Rule.THIS_NETWORK),
          range("10.0.0.0/8", Rule.PRIVATE),
          range("100.64.0.0/10", Rule.CGNAT),
          range("127.0.0.0/8", Rule.LOOPBACK),
          range("169.254.0.0/16", Rule.LINK_LOCAL),
          range("172.16.0.0/12", Rule.PRIVATE),
          range("192.0.0.0/24", Rule.RESERVED),
          range("192.0.2.0/24", Rule.DOCUMENTATION),
          range("192.88.99.0/24", Rule.SIX_TO_FOUR),
          range("192.168.0.0/16", Rule.PRIVATE),
          range("198.18.0.0/15", Rule.BENCHMARK),
          range("198.51.100.0/24", Rule.DOCUMENTATION),
          range("203.0.113.0/24", Rule.DOCUMENTATION),
          range("224.0.0.0/4", Rule.MULTICAST),
          range("240.0.0.0/4", Rule.RESERVED),
          range("::/128", Rule.THIS_NETWORK),
          range("::1/128", Rule.LOOPBACK),
          range("::/96", Rule.COMPATIBLE),
          // ::ffff:0:0/96 itself can't be written down here: Java makes IPv4 of it wherever it is
          // met, which is then judged as such.
          range("::ffff:0:0:0/96", Rule.MAPPED),
          range("64:ff9b::/96", Rule.NAT64),
          range("64:ff9b:1::/48", Rule.NAT64),
          range("2001::/32", Rule.TEREDO),
          range("2001:2::/48", Rule.BENCHMARK),
          range("2001::/23", Rule.RESERVED),
          range("2001:db8::/32", Rule.DOCUMENTATION),
          range("2002::/16", Rule.SIX_TO_FOUR),
          range("3fff::/20", Rule.DOCUMENTATION),
          range("fc00::/7", Rule.PRIVATE),
          range("fe80::/10", Rule.LINK_LOCAL),
          // Site-local, the forerunner of fc00::/7; some networks still have it.
          range("fec0::/10", Rule.PRIVATE),
          range("ff00::/8", Rule.MULTICAST));

  /** All of IPv6 that has ever been given out; 5f00::/16, 100::/64 and the like lie outside. */
  private static final Network GLOBAL_UNICAST = Network.parse("2000::/3");

  private static final int IPV6_BYTES = 16;

  private SpecialAddresses() {}

  private static Range range(String network, Rule rule) {
    return new Range(Network.parse(network), rule);
  }

  /** What is special about an address; empty if it is an ordinary public one. */
  static Optional<Rule> rule(InetAddress address) {
    for (Range range : RANGES) {
      if (range.network.contains(address)) {
        return Optional.of(range.rule);
      }
    }
    byte[] bytes = address.getAddress();
    if (bytes.length != IPV6_BYTES) {
      return Optional.empty();
    } else if (!GLOBAL_UNICAST.contains(address)) {
      return Optional.of(Rule.RESERVED);
    }
    return isIsatap(bytes) ? Optional.of(Rule.ISATAP) : Optional.empty();
  }

  // RFC 5214, section 6.1: an interface id of 00-00-5E-FE or 02-00-5E-FE and an IPv4 address.
  private static boolean isIsatap(byte[] bytes) {
    return (bytes[8] == 0 || bytes[8] == 2)
        && bytes[9] == 0
        && bytes[10] == 0x5E
        && bytes[11] == (byte) 0xFE;
  }
}
