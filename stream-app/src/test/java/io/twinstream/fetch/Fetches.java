package io.twinstream.fetch;

/** Lets tests of other packages play a fetcher. */
public final class Fetches {
  private Fetches() {}

  /** What a fetcher answers that has brought these bytes. */
  public static FetchOutcome bringing(byte[] bytes) {
    return new FetchOutcome.Fetched(bytes);
  }
}
