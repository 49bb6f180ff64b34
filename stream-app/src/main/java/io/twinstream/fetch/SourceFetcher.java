package io.twinstream.fetch;

import io.twinstream.fetch.FetchOutcome.Failed;
import io.twinstream.schema.FailureReason;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends a source to the fetcher of its scheme. Thread-safe. */
public final class SourceFetcher implements Fetcher {
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):");

  private final Map<String, Fetcher> byScheme;

  /**
   * For the given schemes.
   *
   * @param byScheme lower case
   */
  public SourceFetcher(Map<String, Fetcher> byScheme) {
    this.byScheme = Map.copyOf(byScheme);
  }

  @Override
  public Optional<String> host(String address) {
    String stripped = address.strip();
    return scheme(stripped).map(byScheme::get).flatMap(fetcher -> fetcher.host(stripped));
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
}
