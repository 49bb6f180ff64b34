package io.twinstream.fetch;

import io.twinstream.schema.FailureReason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What became of a source. */
public sealed interface FetchOutcome {
  /** Its bytes are here. */
  final class Fetched implements FetchOutcome {
    private final byte[] bytes;

    /** The array is not copied, and must not be changed any more. */
    public Fetched(byte[] bytes) {
      this.bytes = bytes;
    }

    /** All of them; the array is not copied. */
    public byte[] bytes() {
      return bytes;
    }
  }

  /**
   * What is asked for is at another host, which is to be asked in its turn.
   *
   * @param to the new address, not yet judged
   * @param redirects how many led there, from the first address on
   */
  record Moved(String to, int redirects) implements FetchOutcome {}

  /**
   * Nobody was asked: this process had no room for it, which is no fault of the source or its host.
   * It is asked for again a little later, and it counts as no try.
   *
   * @param why one sentence for a person
   */
  record NotTried(String why) implements FetchOutcome {}

  /**
   * It could not be had.
   *
   * @param detail one sentence for a person. Parts of it may come from a server or a file, so it is
   *     cut at {@value #MAX_DETAIL} characters and made well-formed
   * @param httpStatus the HTTP status, 0 where there was none
   * @param notBefore what the server asked to wait at least before another try; zero where it asked
   *     nothing
   */
  record Failed(FailureReason reason, String detail, int httpStatus, Duration notBefore)
      implements FetchOutcome {
    /** The longest detail, in characters. */
    static final int MAX_DETAIL = 500;

    public Failed {
      String cut = detail.length() > MAX_DETAIL ? detail.substring(0, MAX_DETAIL) : detail;
      // Half a surrogate pair becomes a question mark: no verdict could be written with it.
      detail = new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** Without an answer of a server. */
    public Failed(FailureReason reason, String detail) {
      this(reason, detail, 0, Duration.ZERO);
    }

    /** What another try can change. */
    public FailureReason.Retry retry() {
      return reason.retry(httpStatus);
    }
  }
}
