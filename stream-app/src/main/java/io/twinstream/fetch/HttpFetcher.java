package io.twinstream.fetch;

import io.twinstream.fetch.FetchOutcome.Failed;
import io.twinstream.fetch.FetchOutcome.Fetched;
import io.twinstream.fetch.FetchOutcome.Worth;
import io.twinstream.fetch.address.AddressPolicy;
import io.twinstream.fetch.address.ForbiddenAddressException;
import io.twinstream.fetch.address.VettedSocketFactory;
import io.twinstream.schema.FailureReason;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Downloads over http and https. Every connection is made to an address that {@link AddressPolicy}
 * allows; redirects are followed by hand, so that each hop is judged like the first. Thread-safe.
 */
public final class HttpFetcher implements Fetcher, AutoCloseable {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> TRANSIENT = Set.of(408, 425, 429);

  private final FetchLimits limits;
  private final InstantSource clock;
  private final String userAgent;
  private final HostLimiter hosts;
  private final OkHttpClient client;

  /**
   * Ready to use.
   *
   * @param perHost how many downloads may be under way from one host at a time
   * @param clock for {@code Retry-After} in the form of a date
   * @param userAgent says who asks, with a way to reach them
   */
  public HttpFetcher(
      FetchLimits limits,
      AddressPolicy policy,
      int perHost,
      InstantSource clock,
      String userAgent) {
    this.hosts = new HostLimiter(perHost);
    this.limits = limits;
    this.clock = clock;
    this.userAgent = userAgent;
    this.client =
        new OkHttpClient.Builder()
            .socketFactory(new VettedSocketFactory(policy))
            // A proxy would connect to addresses that nobody has judged.
            .proxy(Proxy.NO_PROXY)
            .followRedirects(false)
            .followSslRedirects(false)
            .connectTimeout(limits.connect())
            .readTimeout(limits.idle())
            .writeTimeout(limits.idle())
            .build();
  }

  @Override
  public FetchOutcome fetch(String source) throws InterruptedException {
    HttpUrl url = HttpUrl.parse(source);
    if (url == null) {
      return Failed.permanently(FailureReason.INVALID_SOURCE, "the address can't be read");
    }
    try (HostLimiter.Place _ = hosts.enter(url.host())) {
      return follow(url, System.nanoTime() + limits.total().toNanos());
    }
  }

  private FetchOutcome follow(HttpUrl first, long deadline) throws InterruptedException {
    HttpUrl url = first;
    for (int hop = 0; hop <= limits.redirects(); hop++) {
      if (!url.username().isEmpty() || !url.password().isEmpty()) {
        return Failed.permanently(
            FailureReason.INVALID_SOURCE, "an address with a user name or a password is refused");
      }
      if (AddressPolicy.isOddlySpelt(url.host())) {
        return Failed.permanently(
            FailureReason.INVALID_SOURCE,
            "the host %s is an oddly written address".formatted(url.host()));
      }
      switch (request(url, deadline)) {
        case Hop.End end -> {
          return end.outcome();
        }
        case Hop.On on -> url = on.to();
      }
    }
    return Failed.permanently(
        FailureReason.BAD_REDIRECT, "more than %d redirects".formatted(limits.redirects()));
  }

  private sealed interface Hop {
    record End(FetchOutcome outcome) implements Hop {}

    record On(HttpUrl to) implements Hop {}
  }

  private Hop request(HttpUrl url, long deadline) throws InterruptedException {
    Request request =
        new Request.Builder()
            .url(url)
            .header("User-Agent", userAgent)
            .header("Accept", "image/*")
            .build();
    long left = Math.max(1, deadline - System.nanoTime());
    Call call = client.newCall(request);
    call.timeout().timeout(left, TimeUnit.NANOSECONDS);
    try (Response response = call.execute()) {
      if (REDIRECTS.contains(response.code())) {
        return redirect(url, response);
      }
      return new Hop.End(
          response.isSuccessful() ? body(response) : status(response.code(), response));
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while fetching");
      }
      return new Hop.End(failure(url, e, deadline));
    }
  }

  private static Hop redirect(HttpUrl from, Response response) {
    String location = response.header("Location");
    HttpUrl to = location == null ? null : from.resolve(location);
    if (to == null) {
      return new Hop.End(
          Failed.permanently(FailureReason.BAD_REDIRECT, "a redirect to no http or https address"));
    }
    if (from.isHttps() && !to.isHttps()) {
      return new Hop.End(
          Failed.permanently(FailureReason.BAD_REDIRECT, "a redirect from https to http"));
    }
    return new Hop.On(to);
  }

  private FetchOutcome body(Response response) throws IOException {
    try (InputStream in = response.body().byteStream()) {
      byte[] bytes = in.readNBytes((int) limits.bodyBytes());
      if (in.read() >= 0) {
        return Failed.permanently(
            FailureReason.TOO_LARGE,
            String.format(Locale.ROOT, "the body has more than %,d bytes", limits.bodyBytes()));
      }
      return new Fetched(bytes);
    }
  }

  private Failed status(int status, Response response) {
    String detail = "the server answered " + status;
    if (status == 404 || status == 410) {
      return new Failed(FailureReason.NOT_FOUND, detail, new Worth.NotAgain(), status);
    }
    if (TRANSIENT.contains(status) || status >= 500) {
      Duration wait = RetryAfter.parse(response.header("Retry-After"), clock.instant());
      return new Failed(FailureReason.HTTP_STATUS, detail, new Worth.Again(wait), status);
    }
    return new Failed(FailureReason.HTTP_STATUS, detail, new Worth.NotAgain(), status);
  }

  private FetchOutcome failure(HttpUrl url, IOException e, long deadline) {
    return switch (e) {
      case ForbiddenAddressException forbidden ->
          Failed.permanently(FailureReason.FORBIDDEN_ADDRESS, forbidden.getMessage());
      case UnknownHostException unknown ->
          Failed.transiently(
              FailureReason.UNKNOWN_HOST, "the host %s has no address".formatted(url.host()));
      case SSLException cut when cut.getCause() instanceof EOFException ->
          Failed.transiently(
              FailureReason.CONNECTION_FAILED, "the connection was cut while it was secured");
      case SSLException tls ->
          Failed.permanently(FailureReason.TLS_FAILED, "no secure connection: " + tls.getMessage());
      case InterruptedIOException late when System.nanoTime() >= deadline ->
          Failed.permanently(
              FailureReason.TOO_SLOW,
              "the whole took more than %d s".formatted(limits.total().toSeconds()));
      case SocketTimeoutException silent ->
          Failed.transiently(
              FailureReason.TIMEOUT, "%s did not answer in time".formatted(url.host()));
      case ConnectException refused ->
          Failed.transiently(
              FailureReason.CONNECTION_FAILED,
              "no connection to %s:%d".formatted(url.host(), url.port()));
      default ->
          Failed.transiently(
              FailureReason.CONNECTION_FAILED, "the connection broke: " + e.getMessage());
    };
  }

  /** Ends idle connections. */
  @Override
  public void close() {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
