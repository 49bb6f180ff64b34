package io.twinstream.fetch;

import io.twinstream.fetch.FetchOutcome.Failed;
import io.twinstream.schema.FailureReason;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends a source to the fetcher of its scheme. Thread-safe. */
public final class SourceFetcher implements Fetcher {
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):");
  private static final String FILE = "file";
  private static final Set<String> WEB = Set.of("http", "https");

  private final Map<String, Fetcher> byScheme;

  /**
   * For the given schemes.
   *
   * @param byScheme lower case
   */
  public SourceFetcher(Map<String, Fetcher> byScheme) {
    this.byScheme = Map.copyOf(byScheme);
  }

  /**
   * For http and https, for files if there is a folder to read from, and for the schemes of all
   * {@linkplain FetcherProvider providers} on the class path.
   *
   * @throws IllegalStateException if two are for one scheme
   */
  public static SourceFetcher open(SourceSettings settings) {
    Map<String, Fetcher> fetchers = new HashMap<>();
    HttpFetcher http = new HttpFetcher(settings);
    WEB.forEach(scheme -> fetchers.put(scheme, http));
    if (!settings.fileRoots().isEmpty()) {
      fetchers.put(FILE, new FileFetcher(settings.fileRoots(), settings.limits().fileBytes()));
    }
    for (FetcherProvider provider : ServiceLoader.load(FetcherProvider.class)) {
      Fetcher fetcher = provider.open(settings);
      for (String scheme : provider.schemes()) {
        if (scheme.equals(FILE) || fetchers.putIfAbsent(scheme, fetcher) != null) {
          throw new IllegalStateException(
              "%s is for the scheme %s, which has a fetcher already"
                  .formatted(provider.getClass().getName(), scheme));
        }
      }
    }
    return new SourceFetcher(fetchers);
  }

  @Override
  public Optional<String> host(String address) {
    String stripped = address.strip();
    try {
      return scheme(stripped).map(byScheme::get).flatMap(fetcher -> fetcher.host(stripped));
    } catch (RuntimeException e) {
      // On the stream thread it would end the app. If it matters, the fetch fails by itself.
      return Optional.empty();
    }
  }

  /** Tries a source, as the caller wrote it, once. */
  @Override
  public FetchOutcome fetch(FetchRequest request) throws InterruptedException {
    String address = request.address().strip();
    if (address.isEmpty()) {
      return new Failed(FailureReason.INVALID_SOURCE, "the source is empty");
    }
    Optional<String> scheme = scheme(address);
    if (scheme.isEmpty()) {
      return new Failed(FailureReason.INVALID_SOURCE, "the source has no scheme such as https:");
    }
    if (request.redirects() > 0 && !WEB.contains(scheme.get())) {
      // Whoever answers over http must not have files of this machine read.
      return new Failed(
          FailureReason.BAD_REDIRECT, "a redirect to the scheme %s".formatted(scheme.get()));
    }
    Fetcher fetcher = byScheme.get(scheme.get());
    return fetcher == null
        ? new Failed(
            FailureReason.UNSUPPORTED_SCHEME,
            "sources of the scheme %s are not fetched, only %s"
                .formatted(scheme.get(), byScheme.keySet().stream().sorted().toList()))
        : fetcher.fetch(new FetchRequest(address, request.redirects(), request.memory()));
  }

  private static Optional<String> scheme(String address) {
    Matcher scheme = SCHEME.matcher(address);
    return scheme.lookingAt()
        ? Optional.of(scheme.group(1).toLowerCase(Locale.ROOT))
        : Optional.empty();
  }

  /** Closes all its fetchers. */
  @Override
  public void close() {
    byScheme.values().stream().distinct().forEach(Fetcher::close);
  }
}
