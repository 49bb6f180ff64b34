package io.twinstream.schema;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whom a {@link FetchInstruction} is about. As a record key it is written {@code host/example.org}
 * or {@code image/collection/id} in UTF-8.
 */
public sealed interface FetchSubject {
  /** Before the name of a host. */
  String HOST = "host/";

  /** Before the key of an image. */
  String IMAGE = "image/";

  /**
   * All that a host is asked for.
   *
   * @param host in lower case and ASCII. With a port it means that one, without all ports; the
   *     ports 80 and 443 have no name of their own. An IPv6 address stands in brackets
   */
  record Host(String host) implements FetchSubject {
    private static final Pattern FORM =
        Pattern.compile(
            "(?:[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_-])?|\\[[0-9a-f:.]+])(?::([1-9]\\d{0,4}))?");

    private static final Set<String> DEFAULT_PORTS = Set.of("80", "443");
    private static final int MAX_PORT = 65_535;

    /** The longest host, in characters: a DNS name and a port. */
    public static final int MAX_LENGTH = 260;

    /**
     * @throws IllegalArgumentException if it is written otherwise
     */
    public Host {
      Matcher form = FORM.matcher(host);
      boolean isHost = host.length() <= MAX_LENGTH && form.matches();
      String port = isHost ? form.group(1) : null;
      if (!isHost || (port != null && Integer.parseInt(port) > MAX_PORT)) {
        throw new IllegalArgumentException(
            "not a host such as example.org or example.org:8080, in lower case and ASCII, with a"
                + " port of 1 to %s if any: %s".formatted(MAX_PORT, host));
      }
      if (port != null && DEFAULT_PORTS.contains(port)) {
        throw new IllegalArgumentException(
            "%s has a default port, which is never written; %s means all ports of that host"
                .formatted(host, host.substring(0, form.start(1) - 1)));
      }
    }

    /**
     * Whether it means a host that is asked.
     *
     * @param asked with its port unless that is the default one
     */
    public boolean covers(String asked) {
      return asked.equals(host) || asked.startsWith(host + ":");
    }

    @Override
    public String toString() {
      return HOST + host;
    }
  }

  /** One image. */
  record Image(ImageKey image) implements FetchSubject {
    @Override
    public String toString() {
      return IMAGE + image;
    }
  }

  /**
   * Reads a key as it is written.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  static FetchSubject parse(String text) {
    if (text.startsWith(HOST)) {
      return new Host(text.substring(HOST.length()));
    } else if (text.startsWith(IMAGE)) {
      return new Image(ImageKey.parse(text.substring(IMAGE.length())));
    }
    throw new IllegalArgumentException(
        "neither of the form host/example.org nor image/collection/id: " + text);
  }
}
