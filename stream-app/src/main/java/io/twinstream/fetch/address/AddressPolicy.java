package io.twinstream.fetch.address;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The rules. Immutable, thread-safe.
 *
 * @param allowPrivate whether loopback, private and other special addresses may be connected to, on
 *     any port
 * @param ports the ports that may be connected to on public addresses
 */
public record AddressPolicy(boolean allowPrivate, Set<Integer> ports) {
  // As in the WHATWG URL standard: a host that ends in a number is an IPv4 address.
  private static final Pattern ENDS_IN_NUMBER =
      Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9a-fA-F]*)\\.?");
  private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final Pattern DOTTED_QUAD = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");

  /** The ports of http and https. */
  public static final Set<Integer> WEB_PORTS = Set.of(80, 443);

  public AddressPolicy {
    ports = Set.copyOf(ports);
  }

  /** Whether a host that looks like an IPv4 address hides it in an odd spelling. */
  public static boolean isOddlySpelt(String host) {
    return ENDS_IN_NUMBER.matcher(host).matches() && !DOTTED_QUAD.matcher(host).matches();
  }

  /**
   * Judges an address and a port.
   *
   * @throws ForbiddenAddressException if no connection may be made to it
   */
  public void check(InetSocketAddress endpoint) throws ForbiddenAddressException {
    InetAddress address = endpoint.getAddress();
    String kind = special(address);
    if (kind != null) {
      if (!allowPrivate) {
        throw new ForbiddenAddressException(
            "%s is %s; only public addresses are fetched (--allow-private allows it)"
                .formatted(address.getHostAddress(), kind));
      }
      return;
    }
    if (!ports.contains(endpoint.getPort())) {
      throw new ForbiddenAddressException(
          "port %d is not among the allowed ones %s".formatted(endpoint.getPort(), ports));
    }
  }

  /** What is special about an address, or null if it is an ordinary public one. */
  private static String special(InetAddress address) {
    return switch (address) {
      case Inet4Address v4 -> special(v4.getAddress());
      case Inet6Address v6 -> specialV6(v6.getAddress());
      default -> "of an unknown kind (%s)".formatted(address.getClass().getSimpleName());
    };
  }

  // The IANA registry of special-purpose IPv4 addresses (RFC 6890), multicast and reserved space,
  // and the one metadata address outside of them.
  private static String special(byte[] octets) {
    int a = octets[0] & 0xFF;
    int b = octets[1] & 0xFF;
    int c = octets[2] & 0xFF;
    int d = octets[3] & 0xFF;
    if (a == 0) {
      return "an address of this network";
    } else if (a == 127) {
      return "a loopback address";
    } else if (a == 10 || (a == 172 && b >= 16 && b < 32) || (a == 192 && b == 168)) {
      return "a private address";
    } else if (a == 169 && b == 254) {
      return "a link-local address";
    } else if (a == 100 && b >= 64 && b < 128) {
      return "an address of carrier-grade NAT";
    } else if ((a == 192 && b == 0 && (c == 0 || c == 2))
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19))
        || (a == 198 && b == 51 && c == 100)
        || (a == 203 && b == 0 && c == 113)) {
      return "a reserved address";
    } else if (a == 168 && b == 63 && c == 129 && d == 16) {
      // Azure's platform service: a public address, but every virtual machine reaches its own.
      return "a metadata address";
    } else if (a >= 224 && a < 240) {
      return "a multicast address";
    } else if (a >= 240) {
      return "a reserved address";
    }
    return null;
  }

  // Only 2000::/3 is given out; within it, everything that carries an IPv4 address or is special.
  private static String specialV6(byte[] octets) {
    int first = (octets[0] & 0xFF) << 8 | (octets[1] & 0xFF);
    int second = (octets[2] & 0xFF) << 8 | (octets[3] & 0xFF);
    if ((first & 0xE000) != 0x2000) {
      return "no public IPv6 address (%s)".formatted(rangeV6(first, octets));
    } else if (first == 0x2001 && second < 0x0200) {
      return "a reserved address (Teredo and others)";
    } else if ((first == 0x2001 && second == 0x0DB8) || (first == 0x3FFF && second < 0x1000)) {
      return "an address for documentation";
    } else if (first == 0x2002) {
      return "a 6to4 address, which hides an IPv4 one";
    }
    return null;
  }

  private static String rangeV6(int first, byte[] octets) {
    if ((first & 0xFFC0) == 0xFE80) {
      return "link-local";
    } else if ((first & 0xFE00) == 0xFC00) {
      return "private";
    } else if ((first & 0xFF00) == 0xFF00) {
      return "multicast";
    } else if (first == 0x0064) {
      return "NAT64";
    }
    boolean loopback = octets[15] == 1;
    for (int i = 0; i < 15; i++) {
      loopback &= octets[i] == 0;
    }
    return loopback ? "loopback" : "reserved";
  }
}
