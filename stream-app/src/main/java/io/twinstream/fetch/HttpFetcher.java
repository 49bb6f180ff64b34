package io.twinstream.fetch;

import io.twinstream.fetch.FetchOutcome.Failed;
import io.twinstream.fetch.FetchOutcome.Fetched;
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
import java.util.Optional;
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

  private final FetchLimits limits;
  private final InstantSource clock;
  private final String userAgent;
  private final OkHttpClient client;

  /**
   * Ready to use.
   *
   * @param clock for {@code Retry-After} in the form of a date
   * @param userAgent says who asks, with a way to reach them
   */
  public HttpFetcher(
      FetchLimits limits, AddressPolicy policy, InstantSource clock, String userAgent) {
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
  public Optional<String> host(String address) {
    return Optional.ofNullable(HttpUrl.parse(address)).map(HttpFetcher::host);
  }

  private static String host(HttpUrl url) {
    return url.port() == HttpUrl.defaultPort(url.scheme())
        ? url.host()
        : url.host() + ":" + url.port();
  }

  @Override
  public FetchOutcome fetch(FetchRequest request) throws InterruptedException {
    HttpUrl url = HttpUrl.parse(request.address());
    if (url == null) {
      return new Failed(FailureReason.INVALID_SOURCE, "the address can't be read");
    }
    return follow(url, request, System.nanoTime() + limits.total().toNanos());
  }

  private FetchOutcome follow(HttpUrl first, FetchRequest asked, long deadline)
      throws InterruptedException {
    HttpUrl url = first;
    for (int hop = asked.redirects(); hop <= limits.redirects(); hop++) {
      if (!host(url).equals(host(first))) {
        return new FetchOutcome.Moved(url.toString(), hop);
      }
      if (!url.username().isEmpty() || !url.password().isEmpty()) {
        return new Failed(
            FailureReason.INVALID_SOURCE, "an address with a user name or a password is refused");
      }
      if (AddressPolicy.isOddlySpelt(url.host())) {
        return new Failed(
            FailureReason.INVALID_SOURCE,
            "the host %s is an oddly written address".formatted(url.host()));
      }
      switch (request(url, asked.memory(), deadline)) {
        case Hop.End end -> {
          return end.outcome();
        }
        case Hop.On on -> url = on.to();
      }
    }
    return new Failed(
        FailureReason.BAD_REDIRECT, "more than %d redirects".formatted(limits.redirects()));
  }

  private sealed interface Hop {
    record End(FetchOutcome outcome) implements Hop {}

    record On(HttpUrl to) implements Hop {}
  }

  private Hop request(HttpUrl url, MemoryBudget.Lease memory, long deadline)
      throws InterruptedException {
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
          response.isSuccessful() ? body(response, memory) : status(response.code(), response));
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
          new Failed(FailureReason.BAD_REDIRECT, "a redirect to no http or https address"));
    }
    if (from.isHttps() && !to.isHttps()) {
      return new Hop.End(new Failed(FailureReason.BAD_REDIRECT, "a redirect from https to http"));
    }
    return new Hop.On(to);
  }

  private FetchOutcome body(Response response, MemoryBudget.Lease memory)
      throws IOException, InterruptedException {
    memory.grow(Math.clamp(response.body().contentLength(), 0, limits.bodyBytes()));
    try (InputStream in = response.body().byteStream()) {
      byte[] bytes = in.readNBytes((int) limits.bodyBytes());
      if (in.read() >= 0) {
        return new Failed(
            FailureReason.TOO_LARGE,
            "the body has more than %,d bytes".formatted(limits.bodyBytes()));
      }
      return new Fetched(bytes);
    }
  }

  private Failed status(int status, Response response) {
    String detail = "the server answered " + status;
    if (status == 404 || status == 410) {
      return new Failed(FailureReason.NOT_FOUND, detail, status, Duration.ZERO);
    }
    Duration wait = RetryAfter.parse(response.header("Retry-After"), clock.instant());
    return new Failed(FailureReason.HTTP_STATUS, detail, status, wait);
  }

  private FetchOutcome failure(HttpUrl url, IOException e, long deadline) {
    return switch (e) {
      case ForbiddenAddressException forbidden ->
          new Failed(FailureReason.FORBIDDEN_ADDRESS, forbidden.getMessage());
      case UnknownHostException unknown ->
          new Failed(
              FailureReason.UNKNOWN_HOST, "the host %s has no address".formatted(url.host()));
      case SSLException cut when cut.getCause() instanceof EOFException ->
          new Failed(
              FailureReason.CONNECTION_FAILED, "the connection was cut while it was secured");
      case SSLException tls ->
          new Failed(FailureReason.TLS_FAILED, "no secure connection: " + tls.getMessage());
      case InterruptedIOException late when System.nanoTime() >= deadline ->
          new Failed(
              FailureReason.TOO_SLOW,
              "the whole took more than %d s".formatted(limits.total().toSeconds()));
      case SocketTimeoutException silent ->
          new Failed(FailureReason.TIMEOUT, "%s did not answer in time".formatted(url.host()));
      case ConnectException refused ->
          new Failed(
              FailureReason.CONNECTION_FAILED,
              "no connection to %s:%d".formatted(url.host(), url.port()));
      default ->
          new Failed(FailureReason.CONNECTION_FAILED, "the connection broke: " + e.getMessage());
    };
  }

  /** Ends idle connections. */
  @Override
  public void close() {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
