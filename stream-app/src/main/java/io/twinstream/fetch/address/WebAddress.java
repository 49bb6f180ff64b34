package io.twinstream.fetch.address;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * An http or https address that can be read in one way only.
 *
 * @param url as it is asked for
 */
public record WebAddress(HttpUrl url) {
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):");
  private static final Pattern AUTHORITY = Pattern.compile("//([^/?#]*)");

  // As in the WHATWG URL standard: a host that ends in a number is an IPv4 address.
  private static final Pattern ENDS_IN_NUMBER =
      Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9a-fA-F]*)\\.?");
  private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final Pattern DOTTED_QUAD = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");

  /**
   * Reads an address.
   *
   * @throws ForbiddenAddressException if it is none of http or https, or hides where it leads
   */
  public static WebAddress parse(String text) throws ForbiddenAddressException {
    checkSpelling(text);
    Matcher scheme = SCHEME.matcher(text);
    if (!scheme.lookingAt()) {
      throw new ForbiddenAddressException(
          Rule.SCHEME, "the address does not begin with http:// or https://");
    }
    String name = scheme.group(1).toLowerCase(Locale.ROOT);
    if (!name.equals("http") && !name.equals("https")) {
      throw new ForbiddenAddressException(
          Rule.SCHEME, "addresses of the scheme %s are not web addresses".formatted(name));
    }
    Matcher authority = AUTHORITY.matcher(text).region(scheme.end(), text.length());
    if (!authority.lookingAt()) {
      throw new ForbiddenAddressException(
          Rule.ODD_SPELLING, "the address has no two slashes behind its scheme");
    }
    return of(text, authority.group(1));
  }

  private static void checkSpelling(String text) throws ForbiddenAddressException {
    if (text.chars().anyMatch(c -> c == '\\' || Character.isISOControl(c))) {
      throw new ForbiddenAddressException(
          Rule.ODD_SPELLING,
          "the address has a backslash or a control character in it; write it percent-encoded");
    }
  }

  private static WebAddress of(String text, String authority) throws ForbiddenAddressException {
    if (authority.indexOf('@') >= 0) {
      throw new ForbiddenAddressException(
          Rule.USER_INFO, "an address with a user name or a password is refused");
    }
    String written =
        authority.startsWith("[")
            ? authority
            : authority.substring(
                0, authority.indexOf(':') < 0 ? authority.length() : authority.indexOf(':'));
    if (written.indexOf('%') >= 0) {
      throw new ForbiddenAddressException(
          Rule.ODD_HOST, "the host %s has a percent sign in it".formatted(written));
    }
    HttpUrl url = written.isEmpty() ? null : HttpUrl.parse(text);
    if (url == null) {
      throw new ForbiddenAddressException(Rule.UNREADABLE, "the address can't be read");
    }
    boolean isV6 = url.host().indexOf(':') >= 0;
    boolean isV4 = DOTTED_QUAD.matcher(url.host()).matches();
    if (written.startsWith("[") && !isV6) {
      throw new ForbiddenAddressException(
          Rule.MAPPED, "%s is an IPv4 address written as an IPv6 one".formatted(written));
    }
    boolean endsInNumber = !isV6 && ENDS_IN_NUMBER.matcher(url.host()).matches();
    if (endsInNumber && (!isV4 || !written.equals(url.host()))) {
      throw new ForbiddenAddressException(
          Rule.ODD_HOST,
          "the host %s is an oddly written address; it takes four decimal numbers"
              .formatted(written));
    }
    return new WebAddress(url);
  }

  /**
   * Where a redirect leads.
   *
   * @param location the value of the header, absolute or relative to this address
   * @throws ForbiddenAddressException as {@link #parse} does
   */
  public WebAddress follow(String location) throws ForbiddenAddressException {
    String target = location.strip();
    if (SCHEME.matcher(target).lookingAt()) {
      return parse(target);
    } else if (target.startsWith("//")) {
      return parse(url.scheme() + ":" + target);
    }
    checkSpelling(target);
    HttpUrl to = url.resolve(target);
    if (to == null) {
      throw new ForbiddenAddressException(Rule.UNREADABLE, "the address can't be read");
    }
    return new WebAddress(to);
  }

  /** The host in lower case, internationalised names in ASCII, without a dot at the end. */
  public String host() {
    return withoutDot(url.host());
  }

  static String withoutDot(String host) {
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  /** The port, that of the scheme if none is written. */
  public int port() {
    return url.port();
  }

  /**
   * Who is asked: the host, with the port unless that is 80 or 443, on whichever scheme. So a host
   * has one name for all of its web.
   */
  public String peer() {
    String name = host().indexOf(':') < 0 ? host() : "[" + host() + "]";
    return AddressPolicy.WEB_PORTS.contains(port()) ? name : name + ":" + port();
  }

  /** Whether the connection is secured. */
  public boolean isSecure() {
    return url.isHttps();
  }

  /** The host as an address, if it is one. */
  public Optional<InetAddress> literal() {
    String host = url.host();
    return host.indexOf(':') >= 0 || DOTTED_QUAD.matcher(host).matches()
        ? Optional.of(InetAddress.ofLiteral(host))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return url.toString();
  }
}
