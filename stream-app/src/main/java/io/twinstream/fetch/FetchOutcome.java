package io.twinstream.fetch;

import io.twinstream.schema.FailureReason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What became of a source. */
public sealed interface FetchOutcome {
  /** Its bytes are here. */
  final class Fetched implements FetchOutcome {
    private final byte[] bytes;

    Fetched(byte[] bytes) {
      this.bytes = bytes;
    }

    /** All of them; the array is not copied. */
    public byte[] bytes() {
      return bytes;
    }
  }

  /**
   * It could not be had.
   *
   * @param detail one sentence for a person. Parts of it may come from a server or a file, so it is
   *     cut at {@value #MAX_DETAIL} characters and made well-formed
   * @param worth whether to try again by itself
   * @param httpStatus the HTTP status, 0 where there was none
   */
  record Failed(FailureReason reason, String detail, Worth worth, int httpStatus)
      implements FetchOutcome {
    /** The longest detail, in characters. */
    static final int MAX_DETAIL = 500;

    public Failed {
      String cut = detail.length() > MAX_DETAIL ? detail.substring(0, MAX_DETAIL) : detail;
      // Half a surrogate pair becomes a question mark: no verdict could be written with it.
      detail = new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** For what another try would not change. */
    public static Failed permanently(FailureReason reason, String detail) {
      return new Failed(reason, detail, new Worth.NotAgain(), 0);
    }

    /** For faults that pass by themselves. */
    public static Failed transiently(FailureReason reason, String detail) {
      return new Failed(reason, detail, new Worth.Again(Duration.ZERO), 0);
    }
  }

  /** Whether another try is worth it. */
  sealed interface Worth {
    /** It is not. */
    record NotAgain() implements Worth {}

    /**
     * It is.
     *
     * @param notBefore what the server asked to wait at least; zero where it asked nothing
     */
    record Again(Duration notBefore) implements Worth {}
  }
}
