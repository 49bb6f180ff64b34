package io.twinstream.standalone.operate;

import io.twinstream.fetch.address.ForbiddenAddressException;
import io.twinstream.fetch.address.WebAddress;
import io.twinstream.schema.FailureReason;
import io.twinstream.schema.FetchSubject;
import io.twinstream.schema.Verdict;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which of the images that failed are tried again.
 *
 * @param retryable all those for which it could help
 * @param reasons those that failed for one of these, whether it could help or not
 */
public record RetryChoice(boolean retryable, Set<FailureReason> reasons)
    implements Predicate<Verdict.DownloadFailed> {
  /** None. */
  public static final RetryChoice NONE = new RetryChoice(false, Set.of());

  public RetryChoice {
    reasons = Set.copyOf(reasons);
  }

  /** Whether there is any that could be chosen. */
  public boolean isNone() {
    return !retryable && reasons.isEmpty();
  }

  @Override
  public boolean test(Verdict.DownloadFailed failed) {
    return (retryable && failed.retryable()) || reasons.contains(failed.reason());
  }

  /** Those with a source on a host. */
  public static Predicate<Verdict.DownloadFailed> of(FetchSubject.Host host) {
    return failed -> hostOf(failed.image().source()).filter(host::covers).isPresent();
  }

  /** Those of a collection. */
  public static Predicate<Verdict.DownloadFailed> of(String collection) {
    return failed -> failed.image().collection().equals(collection);
  }

  /** Those that failed at that time or later. */
  public static Predicate<Verdict.DownloadFailed> since(Instant time) {
    return failed -> !failed.judgedAt().isBefore(time);
  }

  private static Optional<String> hostOf(String source) {
    try {
      return Optional.of(WebAddress.parse(source).peer());
    } catch (ForbiddenAddressException e) {
      return Optional.empty();
    }
  }
}
