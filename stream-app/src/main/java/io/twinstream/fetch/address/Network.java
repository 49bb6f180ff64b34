package io.twinstream.fetch.address;

import java.net.InetAddress;

/**
 * A range of addresses.
 *
 * @param first its first address; all bits behind the prefix are zero
 * @param prefix how many bits all its addresses share
 */
public record Network(InetAddress first, int prefix) {
  /**
   * A range of addresses.
   *
   * @throws IllegalArgumentException if the prefix doesn't fit the address
   */
  public Network {
    byte[] bytes = first.getAddress();
    if (prefix < 0 || prefix > bytes.length * 8) {
      throw new IllegalArgumentException(
          "a prefix of %s is 0 to %d, not %d"
              .formatted(first.getHostAddress(), bytes.length * 8, prefix));
    }
    for (int bit = prefix; bit < bytes.length * 8; bit++) {
      if ((bytes[bit / 8] >> (7 - bit % 8) & 1) != 0) {
        throw new IllegalArgumentException(
            "%s/%d is no network: bits behind the prefix are set"
                .formatted(first.getHostAddress(), prefix));
      }
    }
  }

  /**
   * Reads the CIDR form, for example {@code 10.1.0.0/16}, {@code fd00:1::/32} or {@code 10.1.2.3}
   * for one address.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Network parse(String text) {
    int slash = text.indexOf('/');
    String literal = slash < 0 ? text : text.substring(0, slash);
    try {
      InetAddress first = InetAddress.ofLiteral(literal);
      int prefix =
          slash < 0
              ? first.getAddress().length * Byte.SIZE
              : Integer.parseInt(text.substring(slash + 1));
      return new Network(first, prefix);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s is no network such as 10.1.0.0/16 or fd00:1::/32: %s".formatted(text, e.getMessage()),
          e);
    }
  }

  /** Whether an address lies in it. No IPv4 address lies in a range of IPv6, nor the reverse. */
  public boolean contains(InetAddress address) {
    byte[] mine = first.getAddress();
    byte[] other = address.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    int whole = prefix / 8;
    for (int i = 0; i < whole; i++) {
      if (mine[i] != other[i]) {
        return false;
      }
    }
    int rest = prefix % 8;
    return rest == 0 || ((mine[whole] ^ other[whole]) & 0xFF) >> (8 - rest) == 0;
  }

  /** Whether it is a single address. */
  boolean isSingle() {
    return prefix == first.getAddress().length * Byte.SIZE;
  }

  @Override
  public String toString() {
    return first.getHostAddress() + "/" + prefix;
  }
}
