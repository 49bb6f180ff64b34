package io.twinstream.fetch.address;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;

/**
 * Who may be asked. Immutable, thread-safe.
 *
 * @param allowPrivate whether loopback, private and other special addresses may be connected to, on
 *     any port
 * @param ports the ports that may be connected to on all other addresses
 * @param hosts the only hosts that may be asked: names, addresses, or {@code *.example.org} for all
 *     names below one; empty allows all
 * @param networks special addresses that may be connected to nevertheless, on the allowed ports;
 *     those of metadata services only if they are named one by one
 */
public record AddressPolicy(
    boolean allowPrivate, Set<Integer> ports, Set<String> hosts, List<Network> networks) {
  /** The ports of http and https. */
  public static final Set<Integer> WEB_PORTS = Set.of(80, 443);

  /** All of the public web and nothing else. */
  public static final AddressPolicy PUBLIC_ONLY =
      new AddressPolicy(false, WEB_PORTS, Set.of(), List.of());

  private static final String ANY_BELOW = "*.";
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  /** Names that lead to the metadata service of the cloud that one is in. */
  private static final Set<String> METADATA_NAMES =
      Set.of("metadata.google.internal", "metadata.goog", "metadata", "instance-data");

  /**
   * Who may be asked.
   *
   * @throws IllegalArgumentException if a port or a host is none
   */
  public AddressPolicy {
    ports = Set.copyOf(ports);
    for (int port : ports) {
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException("a port is 1 to 65535, not " + port);
      }
    }
    hosts = hosts.stream().map(AddressPolicy::canonical).collect(Collectors.toUnmodifiableSet());
    networks = List.copyOf(networks);
  }

  /** For all hosts, without exceptions. */
  public AddressPolicy(boolean allowPrivate, Set<Integer> ports) {
    this(allowPrivate, ports, Set.of(), List.of());
  }

  private static String canonical(String pattern) {
    String host = pattern.startsWith(ANY_BELOW) ? pattern.substring(2) : pattern;
    boolean isPlain = !host.isEmpty() && host.indexOf('/') < 0 && host.indexOf('*') < 0;
    HttpUrl url = isPlain ? HttpUrl.parse("http://" + host) : null;
    if (url == null || url.port() != 80 || !url.encodedUsername().isEmpty()) {
      throw new IllegalArgumentException(
          "%s is no host such as example.org or *.example.org".formatted(pattern));
    }
    return (pattern.startsWith(ANY_BELOW) ? ANY_BELOW : "") + WebAddress.withoutDot(url.host());
  }

  /**
   * Judges all that can be judged before a name is looked up: a host that is an address is judged
   * as such.
   *
   * @throws ForbiddenAddressException if it may not be asked
   */
  public void check(WebAddress address) throws ForbiddenAddressException {
    String host = address.host();
    if (!isAllowed(host)) {
      throw new ForbiddenAddressException(
          Rule.HOST_NOT_ALLOWED,
          "%s is none of the hosts that may be asked (--allow-host adds one)".formatted(host));
    }
    Optional<InetAddress> literal = address.literal();
    if (literal.isPresent()) {
      check(new InetSocketAddress(literal.get(), address.port()));
      return;
    }
    boolean isLocalhost = host.equals("localhost") || host.endsWith(".localhost");
    if (isLocalhost && rule(LOOPBACK).isPresent()) {
      throw new ForbiddenAddressException(
          Rule.LOOPBACK, "%s is this machine; %s".formatted(host, remedy(address.port())));
    }
    if (METADATA_NAMES.contains(host) && !allowPrivate) {
      throw new ForbiddenAddressException(
          Rule.METADATA,
          "%s is a cloud's metadata service (--allow-private allows it)".formatted(host));
    }
    // With private addresses allowed, the port is judged together with the address.
    if (!allowPrivate) {
      check(address.port());
    }
  }

  private boolean isAllowed(String host) {
    if (hosts.isEmpty() || hosts.contains(host)) {
      return true;
    }
    for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
      if (hosts.contains("*" + host.substring(dot))) {
        return true;
      }
    }
    return false;
  }

  /** What forbids an address, whatever its port; empty if nothing does. */
  public Optional<Rule> rule(InetAddress address) {
    if (allowPrivate) {
      return Optional.empty();
    }
    return SpecialAddresses.rule(address).filter(rule -> !isException(address, rule));
  }

  private boolean isException(InetAddress address, Rule rule) {
    return networks.stream()
        .filter(network -> rule != Rule.METADATA || network.isSingle())
        .anyMatch(network -> network.contains(address));
  }

  /**
   * Judges an address.
   *
   * @throws ForbiddenAddressException if no connection may be made to it, on any port
   */
  public void check(InetAddress address) throws ForbiddenAddressException {
    Optional<Rule> rule = rule(address);
    if (rule.isPresent()) {
      throw forbidden(address, rule.get(), "--allow-private or --allow-network allows it");
    }
  }

  /**
   * Judges an address and a port.
   *
   * @throws ForbiddenAddressException if no connection may be made to it
   */
  public void check(InetSocketAddress endpoint) throws ForbiddenAddressException {
    Optional<Rule> rule = rule(endpoint.getAddress());
    if (rule.isPresent()) {
      throw forbidden(endpoint.getAddress(), rule.get(), remedy(endpoint.getPort()));
    }
    if (!allowPrivate || SpecialAddresses.rule(endpoint.getAddress()).isEmpty()) {
      check(endpoint.getPort());
    }
  }

  private static ForbiddenAddressException forbidden(
      InetAddress address, Rule rule, String remedy) {
    return new ForbiddenAddressException(
        rule, "%s is no public address (%s); %s".formatted(address.getHostAddress(), rule, remedy));
  }

  /** What allows a special address at that port. */
  private String remedy(int port) {
    return ports.contains(port)
        ? "--allow-private or --allow-network allows it"
        : "--allow-private allows it, and so does --allow-network together with --allow-port "
            + port;
  }

  private void check(int port) throws ForbiddenAddressException {
    if (!ports.contains(port)) {
      throw new ForbiddenAddressException(
          Rule.PORT,
          "port %d is not among the allowed ones %s (--allow-port adds one)"
              .formatted(port, ports.stream().sorted().toList()));
    }
  }
}
