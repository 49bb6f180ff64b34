package io.twinstream.fetch;

/** Lets tests ask a fetcher, and play one. */
public final class Fetches {
  private static final MemoryBudget PLENTY = new MemoryBudget(1L << 30);

  private Fetches() {}

  /** Tries a source once, with memory enough. */
  public static FetchOutcome fetch(Fetcher fetcher, String address) throws InterruptedException {
    return fetch(fetcher, address, 0);
  }

  /** Tries what redirects led to. */
  public static FetchOutcome fetch(Fetcher fetcher, String address, int redirects)
      throws InterruptedException {
    try (MemoryBudget.Lease lease = PLENTY.lease()) {
      return fetcher.fetch(new FetchRequest(address, redirects, lease));
    }
  }

  /** What a fetcher answers that has brought these bytes. */
  public static FetchOutcome bringing(byte[] bytes) {
    return new FetchOutcome.Fetched(bytes);
  }
}
