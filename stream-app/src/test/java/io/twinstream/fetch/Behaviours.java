package io.twinstream.fetch;

import static io.twinstream.fetch.Behaviour.FETCHED;
import static io.twinstream.fetch.Behaviour.MOVED;

import io.twinstream.fetch.Behaviour.Server;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * All that the door is tried with: what a server does, and what comes of it. The table in
 * docs/fetching.md is made from it.
 */
final class Behaviours {
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final byte[] BOMB = gzip(new byte[50_000_000]);

  private Behaviours() {}

  static List<Behaviour> all() {
    return List.of(
        plain("accepts and says nothing", (path, peer) -> peer.waitForEnd(), "timeout"),
        plain(
            "drips the head",
            (path, peer) -> {
              peer.write(OK + "X: ");
              peer.drip();
            },
            "too-slow"),
        plain(
            "drips the body",
            (path, peer) -> {
              peer.write(OK + "Content-Length: 900\r\n\r\n");
              peer.drip();
            },
            "too-slow"),
        plain(
            "falls silent within the body",
            (path, peer) -> {
              peer.write(OK + "Content-Length: 100\r\n\r\nabc");
              peer.waitForEnd();
            },
            "timeout"),
        plain(
            "sends a body without end",
            (path, peer) -> {
              peer.write(OK + "\r\n");
              while (true) {
                peer.write("x".repeat(10_000));
              }
            },
            "too-large"),
        plain(
            "promises more bytes than are allowed",
            (path, peer) -> {
              peer.write(OK + "Content-Length: 9999999999\r\n\r\n");
              peer.waitForEnd();
            },
            "too-large"),
        plain(
            "promises more bytes than it sends",
            (path, peer) -> peer.write(OK + "Content-Length: 100\r\n\r\nabc"),
            "connection-failed"),
        noted(
            "promises fewer bytes than it sends",
            Server.PLAIN,
            (path, peer) -> peer.write(OK + "Content-Length: 3\r\n\r\nabcdef"),
            FETCHED,
            0,
            "only what was promised"),
        plain(
            "sends a gzip bomb",
            (path, peer) -> {
              peer.write(
                  OK
                      + "Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
                          .formatted(BOMB.length));
              peer.write(BOMB);
            },
            "too-large"),
        plain(
            "calls a body gzip that is none",
            (path, peer) ->
                peer.write(
                    OK + "Content-Encoding: gzip\r\nContent-Length: 20\r\n\r\n" + "x".repeat(20)),
            "connection-failed"),
        plain(
            "sends broken chunks",
            (path, peer) -> peer.write(OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nabcdeXX\r\n"),
            "connection-failed"),
        plain(
            "resets the connection within the body",
            (path, peer) -> {
              peer.write(OK + "Content-Length: 100\r\n\r\nabc");
              peer.reset();
            },
            "connection-failed"),
        plain("closes without an answer", (path, peer) -> {}, "connection-failed"),
        plain(
            "sends a megabyte of headers",
            (path, peer) -> {
              peer.write(OK);
              for (int i = 0; i < 1_000; i++) {
                peer.write("X-%d: %s\r\n".formatted(i, "y".repeat(1_000)));
              }
              peer.write("\r\n");
            },
            "connection-failed"),
        plain(
            "sends 100,000 small headers",
            (path, peer) -> peer.write(OK + "a: b\r\n".repeat(100_000) + "\r\n"),
            "connection-failed"),
        plain(
            "sends garbage",
            (path, peer) -> peer.write("x\u0001".repeat(5_000) + "\r\n\r\n"),
            "connection-failed"),
        plain(
            "speaks HTTP/0.9",
            (path, peer) -> peer.write("<html>hello</html>"),
            "connection-failed"),
        plain(
            "answers 100 without end",
            (path, peer) -> {
              while (true) {
                peer.write("HTTP/1.1 100 Continue\r\n\r\n");
              }
            },
            "connection-failed"),
        redirect("redirects to itself without end", Server.PLAIN, "/", "bad-redirect"),
        plain(
            "redirects a thousand times",
            (path, peer) -> {
              int next = path.equals("/") ? 1 : Integer.parseInt(path.substring(1)) + 1;
              peer.write(redirect(next > 1_000 ? "/end" : "/" + next));
            },
            "bad-redirect"),
        redirect(
            "redirects to this machine", Server.PLAIN, "http://127.0.0.2/", "forbidden-address"),
        redirect(
            "redirects to a port that is not allowed",
            Server.PLAIN,
            "http://1.1.1.1:22/",
            "forbidden-address"),
        redirect(
            "redirects to a private address",
            Server.PLAIN,
            "//[::ffff:10.0.0.1]/",
            "forbidden-address"),
        redirect(
            "redirects to a cloud's metadata",
            Server.PLAIN,
            "http://169.254.169.254/latest/",
            "forbidden-address"),
        redirect("redirects to an odd spelling", Server.PLAIN, "http://0x7f.1/", "invalid-source"),
        redirect("redirects to `file:`", Server.PLAIN, "file:///etc/passwd", "bad-redirect"),
        redirect(
            "redirects from https to http", Server.SECURE, "http://other.test/", "bad-redirect"),
        plain(
            "redirects to nowhere",
            (path, peer) -> peer.write("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n"),
            "bad-redirect"),
        plain(
            "redirects to an address of 250,000 characters",
            (path, peer) -> peer.write(redirect("https://other.test/" + "<".repeat(250_000))),
            "bad-redirect"),
        plain(
            "redirects to an address that is longer once it is percent-encoded",
            (path, peer) -> peer.write(redirect("https://other.test/" + "<".repeat(8_000))),
            "bad-redirect"),
        noted(
            "redirects to another host",
            Server.PLAIN,
            (path, peer) -> peer.write(redirect("https://other.test/b")),
            MOVED,
            0,
            "that host is asked in its turn"),
        new Behaviour(
            "has a name that leads to this machine when it is looked up again",
            Server.REBINDING,
            (path, peer) -> peer.write(redirect("/again")),
            "forbidden-address",
            0,
            ""),
        secure("shows a certificate that it made itself", Server.SELF_SIGNED),
        secure("shows a certificate of another host", Server.WRONG_NAME),
        secure("shows a certificate that has expired", Server.EXPIRED),
        secure("speaks plain HTTP where TLS is expected", Server.NOT_SECURE),
        noted(
            "answers 200 with a page",
            Server.PLAIN,
            (path, peer) -> peer.write(OK + "Content-Length: 6\r\n\r\n<html>"),
            FETCHED,
            0,
            "then `not-an-image`"),
        noted(
            "answers 200 with nothing",
            Server.PLAIN,
            (path, peer) -> peer.write(OK + "Content-Length: 0\r\n\r\n"),
            FETCHED,
            0,
            "then `not-an-image`"),
        status(204, "", ""),
        status(206, "Content-Range: bytes 0-2/9\r\n", ""),
        status(404, "", "not-found"),
        status(407, "", ""),
        status(408, "", ""),
        status(429, "Retry-After: 7\r\n", ""),
        status(503, "Retry-After: Mon, 04 May 2026 10:21:00 GMT\r\n", ""),
        status(503, "Retry-After: 99999999999999\r\n", ""));
  }

  private static Behaviour plain(String what, HostileServer.Manners manners, String outcome) {
    return noted(what, Server.PLAIN, manners, outcome, 0, "");
  }

  private static Behaviour secure(String what, Server server) {
    return noted(what, server, (path, peer) -> peer.write(OK + "\r\nsecret"), "tls-failed", 0, "");
  }

  private static Behaviour redirect(String what, Server server, String to, String outcome) {
    return noted(what, server, (path, peer) -> peer.write(redirect(to)), outcome, 0, "");
  }

  private static Behaviour status(int status, String header, String outcome) {
    String name = header.isEmpty() ? "" : " with `%s`".formatted(header.strip());
    return noted(
        "answers %d%s".formatted(status, name),
        Server.PLAIN,
        (path, peer) ->
            peer.write(
                "HTTP/1.1 %d Whatever\r\nConnection: close\r\n%s\r\n".formatted(status, header)),
        outcome.isEmpty() ? "http-status" : outcome,
        status,
        "");
  }

  private static Behaviour noted(
      String what,
      Server server,
      HostileServer.Manners manners,
      String outcome,
      int status,
      String note) {
    return new Behaviour(what, server, manners, outcome, status, note);
  }

  static String redirect(String to) {
    return "HTTP/1.1 302 Found\r\nConnection: close\r\nContent-Length: 0\r\nLocation: %s\r\n\r\n"
        .formatted(to);
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
