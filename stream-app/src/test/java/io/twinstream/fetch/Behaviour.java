package io.twinstream.fetch;

import io.twinstream.schema.FailureReason;

/**
 * Something that a server can do to whoever asks it.
 *
 * @param what it does, for people
 * @param server how it is reached
 * @param manners what it does, for machines
 * @param outcome {@link #FETCHED}, {@link #MOVED}, or the reason of the failure
 * @param status HTTP status of the outcome, 0 where there is none
 * @param note more for people
 */
record Behaviour(
    String what,
    Server server,
    HostileServer.Manners manners,
    String outcome,
    int status,
    String note) {
  static final String FETCHED = "fetched";
  static final String MOVED = "moved";

  /** How a server is reached. */
  enum Server {
    PLAIN,
    SECURE,
    SELF_SIGNED,
    WRONG_NAME,
    EXPIRED,
    /** Speaks plain HTTP where TLS is expected. */
    NOT_SECURE,
    /** Its name leads elsewhere when it is looked up again. */
    REBINDING
  }

  /** Whether it ends in a failure. */
  boolean fails() {
    return !outcome.equals(FETCHED) && !outcome.equals(MOVED);
  }

  /** A row of the table in docs/fetching.md. */
  String row() {
    return "| %s | %s | %s |"
        .formatted(
            what,
            (fails() ? "`%s`".formatted(outcome) : outcome)
                + (note.isEmpty() ? "" : " (%s)".formatted(note)),
            fails() ? again(FailureReason.parse(outcome).retry(status)) : "–");
  }

  static String again(FailureReason.Retry retry) {
    return switch (retry) {
      case BY_ITSELF -> "by itself";
      case ON_REQUEST -> "on request";
      case NEVER -> "never";
    };
  }

  @Override
  public String toString() {
    return what;
  }
}
