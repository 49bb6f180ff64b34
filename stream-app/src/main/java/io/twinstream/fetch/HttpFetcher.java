package io.twinstream.fetch;

import io.twinstream.fetch.FetchOutcome.Failed;
import io.twinstream.fetch.FetchOutcome.Moved;
import io.twinstream.fetch.address.AddressPolicy;
import io.twinstream.fetch.address.ForbiddenAddressException;
import io.twinstream.fetch.address.Resolver;
import io.twinstream.fetch.address.VettedDns;
import io.twinstream.fetch.address.VettedSocketFactory;
import io.twinstream.fetch.address.WebAddress;
import io.twinstream.schema.FailureReason;
import io.twinstream.schema.ImageMetadata;
import java.io.IOException;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Downloads over http and https. Every connection is made to an address that {@link AddressPolicy}
 * allows; redirects are followed by hand, so that each hop is judged like the first. Thread-safe;
 * works on the thread that calls it.
 */
public final class HttpFetcher implements Fetcher {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  /** What comes with a body of its own; 203 is 200 by way of a proxy. */
  private static final Set<Integer> WITH_BODY = Set.of(200, 203);

  private static final Set<Integer> ACTED_UPON = Set.of(407, 408, 503);
  private static final String TOO_LONG =
      "a redirect to an address of more than %d characters"
          .formatted(ImageMetadata.MAX_SOURCE_LENGTH);
  private static final int IDLE_CONNECTIONS = 64;
  private static final Duration IDLE_CONNECTION = Duration.ofSeconds(30);

  private final FetchLimits limits;
  private final AddressPolicy policy;
  private final String userAgent;
  private final boolean inTurn;
  private final HttpFailures failures;
  private final BodyReader reader;
  private final Watchdog watchdog;
  private final VettedDns dns;
  private final OkHttpClient client;
  private final OkHttpClient fresh;

  /** Ready to use. */
  public HttpFetcher(SourceSettings settings) {
    this(settings, Resolver.SYSTEM, builder -> builder);
  }

  /** Lets tests say what names lead to and which certificates are trusted. */
  HttpFetcher(
      SourceSettings settings, Resolver resolver, UnaryOperator<OkHttpClient.Builder> trust) {
    this.limits = settings.limits();
    this.policy = settings.addresses();
    this.userAgent = settings.userAgent().toString();
    this.inTurn = settings.redirectsInTurn();
    this.failures = new HttpFailures(settings.clock());
    this.reader = new BodyReader(limits);
    this.watchdog = new Watchdog(limits);
    this.dns = new VettedDns(resolver, policy, limits.lookup());
    this.client = trust.apply(builder()).build();
    this.fresh =
        client.newBuilder().connectionPool(new ConnectionPool(0, 1, TimeUnit.MILLISECONDS)).build();
  }

  private OkHttpClient.Builder builder() {
    return new OkHttpClient.Builder()
        .dns(dns)
        .socketFactory(new VettedSocketFactory(policy))
        // A proxy would connect to addresses that nobody has judged.
        .proxy(Proxy.NO_PROXY)
        .followRedirects(false)
        .followSslRedirects(false)
        // One download a connection: headers are bounded (256 KB) and nobody waits for another's
        // body.
        .protocols(List.of(Protocol.HTTP_1_1))
        // It would take a platform thread a connection.
        .fastFallback(false)
        // It would ask again on each idle connection that there is.
        .retryOnConnectionFailure(false)
        .connectionPool(
            new ConnectionPool(IDLE_CONNECTIONS, IDLE_CONNECTION.toMillis(), TimeUnit.MILLISECONDS))
        // So that after one dead address there is time for another.
        .connectTimeout(limits.connect().multipliedBy(3).dividedBy(5))
        .readTimeout(limits.idle())
        .writeTimeout(limits.idle())
        .addNetworkInterceptor(HttpFetcher::answerOnce)
        .eventListenerFactory(call -> call.request().tag(Watchdog.Watch.class));
  }

  private static Response answerOnce(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    if (ACTED_UPON.contains(response.code())) {
      response.close();
      throw new AnsweredException(response.code(), response.header("Retry-After"));
    }
    return response;
  }

  @Override
  public Optional<String> host(String address) {
    try {
      return Optional.of(WebAddress.parse(address).peer());
    } catch (ForbiddenAddressException e) {
      return Optional.empty();
    }
  }

  @Override
  public FetchOutcome fetch(FetchRequest request) throws InterruptedException {
    try {
      WebAddress address = WebAddress.parse(request.address());
      policy.check(address);
      try (Watchdog.Watch watch = watchdog.watch()) {
        return follow(address, request, watch);
      }
    } catch (ForbiddenAddressException e) {
      return HttpFailures.forbidden(e);
    }
  }

  private FetchOutcome follow(WebAddress first, FetchRequest asked, Watchdog.Watch watch)
      throws InterruptedException {
    WebAddress address = first;
    for (int hop = asked.redirects(); hop <= limits.redirects(); hop++) {
      switch (ask(address, asked.memory(), watch)) {
        case Hop.End end -> {
          return end.outcome();
        }
        case Hop.On on -> address = on.to();
      }
      if (hop < limits.redirects() && (inTurn || !address.peer().equals(first.peer()))) {
        return new Moved(address.toString(), hop + 1);
      }
    }
    return new Failed(
        FailureReason.BAD_REDIRECT, "more than %d redirects".formatted(limits.redirects()));
  }

  private sealed interface Hop {
    record End(FetchOutcome outcome) implements Hop {}

    record On(WebAddress to) implements Hop {}
  }

  private Hop ask(WebAddress address, MemoryBudget.Lease memory, Watchdog.Watch watch)
      throws InterruptedException {
    Request request =
        new Request.Builder()
            .url(address.url())
            .header("User-Agent", userAgent)
            .header("Accept", "image/*")
            .tag(Watchdog.Watch.class, watch)
            .build();
    try {
      try {
        return answer(client.newCall(request), address, memory, watch);
      } catch (IOException e) {
        // Where requests are counted, asking once more is up to whoever counts.
        if (inTurn || !watch.isStale(e)) {
          throw e;
        }
        return answer(fresh.newCall(request), address, memory, watch);
      }
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while fetching");
      }
      return new Hop.End(failures.of(address, e, watch));
    }
  }

  private Hop answer(Call call, WebAddress address, MemoryBudget.Lease memory, Watchdog.Watch watch)
      throws IOException, InterruptedException {
    watch.next(call);
    try (Response response = call.execute()) {
      if (REDIRECTS.contains(response.code())) {
        return redirect(address, response);
      } else if (!WITH_BODY.contains(response.code())) {
        return new Hop.End(failures.status(response.code(), response.header("Retry-After")));
      }
      FetchOutcome outcome = reader.read(response.body(), memory, watch);
      if (outcome instanceof Failed) {
        // Or closing it would read on for a while, in the hope of using the connection again.
        call.cancel();
      }
      return new Hop.End(outcome);
    }
  }

  /**
   * No hop leads from https to http, so none behind it does, on whichever request it is asked for.
   */
  private Hop redirect(WebAddress from, Response response) {
    String location = response.header("Location");
    if (location == null) {
      return badRedirect("a redirect that does not say where to");
    } else if (isTooLong(location)) {
      return badRedirect(TOO_LONG);
    }
    try {
      WebAddress to = from.follow(location);
      if (isTooLong(to.toString())) {
        return badRedirect(TOO_LONG);
      } else if (from.isSecure() && !to.isSecure()) {
        return badRedirect("a redirect from https to http");
      }
      policy.check(to);
      return new Hop.On(to);
    } catch (ForbiddenAddressException e) {
      return new Hop.End(HttpFailures.badRedirect(e));
    }
  }

  /** No image could have it as its source, either. */
  private static boolean isTooLong(String address) {
    return address.length() > ImageMetadata.MAX_SOURCE_LENGTH;
  }

  private static Hop badRedirect(String detail) {
    return new Hop.End(new Failed(FailureReason.BAD_REDIRECT, detail));
  }

  /** Ends idle connections and its threads. */
  @Override
  public void close() {
    watchdog.close();
    dns.close();
    client.connectionPool().evictAll();
  }
}
