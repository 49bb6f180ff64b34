package io.twinstream.fetch.address;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * What would be done with an address, and why.
 *
 * @param url as it was written
 * @param readAs what would be asked for; empty if it can't be read
 * @param rule what forbids it; empty if nothing does
 * @param detail one sentence for a person; can be empty
 * @param host empty if it can't be read
 * @param port 0 if it can't be read
 * @param addresses what the name leads to; empty if it was refused before it was looked up, or if
 *     nobody knows
 */
public record Explanation(
    String url,
    String readAs,
    Optional<Rule> rule,
    String detail,
    String host,
    int port,
    List<Address> addresses) {
  /**
   * An address that a name leads to.
   *
   * @param rule what forbids it; empty if nothing does
   */
  public record Address(String address, Optional<Rule> rule) {}

  public Explanation {
    addresses = List.copyOf(addresses);
  }

  /** Whether it would be fetched, if it is there. */
  public boolean isAllowed() {
    return rule.isEmpty();
  }

  /** Judges an address, and looks its name up if it is not refused before. */
  public static Explanation of(String url, AddressPolicy policy, VettedDns dns) {
    WebAddress address;
    try {
      address = WebAddress.parse(url);
    } catch (ForbiddenAddressException e) {
      return new Explanation(url, "", Optional.of(e.rule()), e.getMessage(), "", 0, List.of());
    }
    try {
      policy.check(address);
    } catch (ForbiddenAddressException e) {
      return of(url, address, Optional.of(e.rule()), e.getMessage(), List.of());
    }
    try {
      return lookedUp(url, address, policy, dns);
    } catch (UnknownHostException e) {
      String why = e.getCause() == null ? "no such name" : e.getCause().getMessage();
      return of(
          url,
          address,
          Optional.empty(),
          "but %s has no address: %s".formatted(address.host(), why),
          List.of());
    }
  }

  private static Explanation lookedUp(
      String url, WebAddress address, AddressPolicy policy, VettedDns dns)
      throws UnknownHostException {
    Optional<InetAddress> literal = address.literal();
    List<InetAddress> found =
        literal.isPresent() ? List.of(literal.get()) : dns.resolve(address.url().host());
    List<Address> judged =
        found.stream()
            .map(one -> new Address(one.getHostAddress(), rule(one, address.port(), policy)))
            .toList();
    if (judged.stream().anyMatch(one -> one.rule.isEmpty())) {
      return of(url, address, Optional.empty(), "", judged);
    }
    return of(
        url,
        address,
        judged.getFirst().rule,
        "%s leads to no address that may be connected to".formatted(address.host()),
        judged);
  }

  private static Optional<Rule> rule(InetAddress address, int port, AddressPolicy policy) {
    try {
      policy.check(new InetSocketAddress(address, port));
      return Optional.empty();
    } catch (ForbiddenAddressException e) {
      return Optional.of(e.rule());
    }
  }

  private static Explanation of(
      String url, WebAddress address, Optional<Rule> rule, String detail, List<Address> addresses) {
    return new Explanation(
        url, address.toString(), rule, detail, address.host(), address.port(), addresses);
  }
}
