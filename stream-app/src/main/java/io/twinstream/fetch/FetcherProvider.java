package io.twinstream.fetch;

import java.util.Set;

/**
 * A fetcher for further schemes, such as that of an object store. Found by {@link
 * java.util.ServiceLoader}: name the class in {@code
 * META-INF/services/io.twinstream.fetch.FetcherProvider}; it needs a public constructor without
 * parameters.
 */
public interface FetcherProvider {
  /** The schemes it is for, in lower case; neither http nor https nor file. */
  Set<String> schemes();

  /**
   * Makes the fetcher, once, when the app starts. What it can't know from here, such as
   * credentials, it finds where its store's own tools do.
   *
   * @throws RuntimeException if it can't work; the app doesn't start, and tells the message
   */
  Fetcher open(SourceSettings settings);
}
