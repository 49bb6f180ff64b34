package io.twinstream.politeness;

/** Whether a host may be asked now. */
public sealed interface Admission {
  /** It may; the visit has begun. */
  record Admitted(Visit visit) implements Admission {}

  /** As many requests as it bears are under way. */
  record HostBusy() implements Admission {}

  /** As many requests as this process makes are under way. */
  record AllBusy() implements Admission {}

  /**
   * It wants to be left in peace for a while.
   *
   * @param at when to ask again, ms since the epoch
   */
  record NotBefore(long at) implements Admission {}

  /**
   * It fails all the time, and is not even tried: the request counts as failed.
   *
   * @param why a sentence for a person
   * @param retryAt when it is tried again, ms since the epoch
   */
  record Unavailable(String why, long retryAt) implements Admission {}

  /** An operator has stopped it. */
  record Stopped() implements Admission {}
}
