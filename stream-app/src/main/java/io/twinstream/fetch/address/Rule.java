package io.twinstream.fetch.address;

import io.twinstream.schema.FailureReason;
import java.util.Locale;

/**
 * Why an address is refused. The ids stay what they are: logs, {@code explain-url} and tests name
 * them.
 */
public enum Rule {
  /** Neither http nor https. */
  SCHEME(FailureReason.INVALID_SOURCE),
  /** No address that could be read. */
  UNREADABLE(FailureReason.INVALID_SOURCE),
  /** A user name or a password, also an empty one: much is hidden before an at sign. */
  USER_INFO(FailureReason.INVALID_SOURCE),
  /**
   * Backslashes, control characters or missing slashes, which programs read in different ways, so
   * that one would judge another host than the next one asks.
   */
  ODD_SPELLING(FailureReason.INVALID_SOURCE),
  /**
   * A host that is an IPv4 address in another spelling than four decimal numbers, is
   * percent-encoded, or names a network interface.
   */
  ODD_HOST(FailureReason.INVALID_SOURCE),
  /** Hosts are restricted, and this is none of them. */
  HOST_NOT_ALLOWED(FailureReason.FORBIDDEN_ADDRESS),
  /** No port that may be connected to. */
  PORT(FailureReason.FORBIDDEN_ADDRESS),
  /** This machine: 127.0.0.0/8, ::1, localhost and names below it (RFC 6761). */
  LOOPBACK(FailureReason.FORBIDDEN_ADDRESS),
  /** 0.0.0.0/8 and ::, which many systems take for this machine. */
  THIS_NETWORK(FailureReason.FORBIDDEN_ADDRESS),
  /** RFC 1918 and unique local IPv6 addresses, fc00::/7. */
  PRIVATE(FailureReason.FORBIDDEN_ADDRESS),
  /** 169.254.0.0/16 and fe80::/10. */
  LINK_LOCAL(FailureReason.FORBIDDEN_ADDRESS),
  /** 100.64.0.0/10, shared address space behind a provider's NAT. */
  CGNAT(FailureReason.FORBIDDEN_ADDRESS),
  /** Where clouds tell a machine its secrets. */
  METADATA(FailureReason.FORBIDDEN_ADDRESS),
  /** 224.0.0.0/4 and ff00::/8. */
  MULTICAST(FailureReason.FORBIDDEN_ADDRESS),
  /** Set aside for measurements within one's own network. */
  BENCHMARK(FailureReason.FORBIDDEN_ADDRESS),
  /** Set aside for texts. */
  DOCUMENTATION(FailureReason.FORBIDDEN_ADDRESS),
  /** ::ffff:0:0/96 and ::ffff:0:0:0/96: an IPv4 address written as an IPv6 one. */
  MAPPED(FailureReason.FORBIDDEN_ADDRESS),
  /** ::/96: likewise, in a form given up long ago. */
  COMPATIBLE(FailureReason.FORBIDDEN_ADDRESS),
  /** 64:ff9b::/96 and 64:ff9b:1::/48: a gateway makes an IPv4 address of it. */
  NAT64(FailureReason.FORBIDDEN_ADDRESS),
  /** 2002::/16 and 192.88.99.0/24: likewise. */
  SIX_TO_FOUR(FailureReason.FORBIDDEN_ADDRESS),
  /** 2001::/32: likewise. */
  TEREDO(FailureReason.FORBIDDEN_ADDRESS),
  /** Any prefix, then 0:5efe or 200:5efe and an IPv4 address. */
  ISATAP(FailureReason.FORBIDDEN_ADDRESS),
  /** Not given out to anybody, or to a protocol instead of a host. */
  RESERVED(FailureReason.FORBIDDEN_ADDRESS);

  private final FailureReason reason;

  Rule(FailureReason reason) {
    this.reason = reason;
  }

  /** The reason of the verdict on an image behind such an address. */
  public FailureReason reason() {
    return reason;
  }

  /** The id: lower case with hyphens. */
  @Override
  public String toString() {
    return this == SIX_TO_FOUR ? "6to4" : name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
