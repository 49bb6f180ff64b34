package io.twinstream.fetch;

import io.twinstream.fetch.FetchOutcome.Failed;
import io.twinstream.schema.FailureReason;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends a source to the fetcher of its scheme. Thread-safe. */
public final class SourceFetcher {
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

  /**
   * Tries a source once; see {@link Fetcher#fetch}.
   *
   * @param source as the caller wrote it
   */
  public FetchOutcome fetch(String source) throws InterruptedException {
    String address = source.strip();
    if (address.isEmpty()) {
      return Failed.permanently(FailureReason.INVALID_SOURCE, "the source is empty");
    }
    Matcher scheme = SCHEME.matcher(address);
    if (!scheme.lookingAt()) {
      return Failed.permanently(
          FailureReason.INVALID_SOURCE, "the source has no scheme such as https:");
    }
    String name = scheme.group(1).toLowerCase(Locale.ROOT);
    Fetcher fetcher = byScheme.get(name);
    return fetcher == null
        ? Failed.permanently(
            FailureReason.UNSUPPORTED_SCHEME,
            "sources of the scheme %s are not fetched, only %s"
                .formatted(name, byScheme.keySet().stream().sorted().toList()))
        : fetcher.fetch(address);
  }
}
