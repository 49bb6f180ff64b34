package io.twinstream.fetch;

import io.twinstream.fetch.FetchOutcome.Failed;
import io.twinstream.fetch.FetchOutcome.NotTried;
import io.twinstream.fetch.address.ForbiddenAddressException;
import io.twinstream.fetch.address.Rule;
import io.twinstream.fetch.address.WebAddress;
import io.twinstream.schema.FailureReason;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** The reason for whatever can go wrong with a request. Thread-safe. */
final class HttpFailures {
  private final InstantSource clock;

  /**
   * For requests of a fetcher.
   *
   * @param clock for {@code Retry-After} in the form of a date
   */
  HttpFailures(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Of an answer without a picture.
   *
   * @param retryAfter null if there was none
   */
  Failed status(int status, String retryAfter) {
    String detail =
        switch (status) {
          case 204, 205 -> "the server answered %d: no body".formatted(status);
          case 206 -> "the server answered 206: a part, which nobody asked for";
          default -> "the server answered " + status;
        };
    FailureReason reason =
        status == 404 || status == 410 ? FailureReason.NOT_FOUND : FailureReason.HTTP_STATUS;
    // Whoever refuses for good doesn't say when to come back.
    Duration notBefore =
        reason.retry(status) == FailureReason.Retry.BY_ITSELF
            ? RetryAfter.parse(retryAfter, clock.instant())
            : Duration.ZERO;
    return new Failed(reason, detail, status, notBefore);
  }

  /** Of an address that may not be asked. */
  static Failed forbidden(ForbiddenAddressException e) {
    return new Failed(e.rule().reason(), e.getMessage());
  }

  /** Of a redirect that may not be followed. */
  static Failed badRedirect(ForbiddenAddressException e) {
    boolean isNoWebAddress = e.rule() == Rule.SCHEME || e.rule() == Rule.UNREADABLE;
    return new Failed(
        isNoWebAddress ? FailureReason.BAD_REDIRECT : e.rule().reason(),
        "a redirect: " + e.getMessage());
  }

  /** Of a request that ended without an answer, or in the middle of one. */
  FetchOutcome of(WebAddress address, IOException e, Watchdog.Watch watch) {
    return switch (e) {
      case AnsweredException answered -> status(answered.status(), answered.retryAfter());
      case ForbiddenAddressException forbidden -> forbidden(forbidden);
      case UnknownHostException unknown -> unknown(address, unknown);
      case SocketTimeoutException silent ->
          new Failed(
              FailureReason.TIMEOUT, "nothing came from %s in time".formatted(address.peer()));
      default -> watch.expired().orElseGet(() -> broken(address, e));
    };
  }

  private static FetchOutcome unknown(WebAddress address, UnknownHostException e) {
    return switch (e.getCause()) {
      case ForbiddenAddressException forbidden -> forbidden(forbidden);
      case TimeoutException late ->
          new Failed(FailureReason.TIMEOUT, "%s: %s".formatted(address.host(), late.getMessage()));
      case RejectedExecutionException busy ->
          new NotTried("%s: %s".formatted(address.host(), busy.getMessage()));
      case null, default ->
          new Failed(
              FailureReason.UNKNOWN_HOST, "the host %s has no address".formatted(address.host()));
    };
  }

  private static Failed broken(WebAddress address, IOException e) {
    return switch (e) {
      case SSLException cut when cut.getCause() instanceof EOFException ->
          new Failed(
              FailureReason.CONNECTION_FAILED, "the connection was cut while it was secured");
      case SSLException tls ->
          new Failed(FailureReason.TLS_FAILED, "no secure connection: " + tls.getMessage());
      case ConnectException refused -> noConnection(address);
      case NoRouteToHostException unreachable -> noConnection(address);
      default ->
          new Failed(FailureReason.CONNECTION_FAILED, "the connection broke: " + e.getMessage());
    };
  }

  private static Failed noConnection(WebAddress address) {
    return new Failed(
        FailureReason.CONNECTION_FAILED,
        "no connection to %s:%d".formatted(address.host(), address.port()));
  }
}
