package io.twinstream.schema;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/**
 * What is on its way to the matcher: what fetching made of an event, and what it is to match by
 * from then on. Failures take the same way as fingerprints, so that one writer orders all verdicts
 * of an image; changes of the threshold do, so that each has one place among them.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "t")
@JsonSubTypes({
  @JsonSubTypes.Type(value = FetchResult.Fingerprinted.class, name = "p"),
  @JsonSubTypes.Type(value = FetchResult.Failed.class, name = "f"),
  @JsonSubTypes.Type(value = FetchResult.Removed.class, name = "r"),
  @JsonSubTypes.Type(value = FetchResult.ThresholdsAdopted.class, name = "a")
})
public sealed interface FetchResult {
  /** What was made of an event. */
  sealed interface OfEvent extends FetchResult {
    /** The event, by its place in {@code image-metadata}. */
    EventId event();
  }

  /** The picture was fetched and fingerprinted. */
  record Fingerprinted(EventId event, ImageMetadata image, Fingerprint fingerprint)
      implements OfEvent {}

  /**
   * The picture could not be had or not be read; the parts are those of {@link
   * Verdict.DownloadFailed}.
   */
  record Failed(
      EventId event,
      ImageMetadata image,
      FailureReason reason,
      String detail,
      boolean retryable,
      int httpStatus,
      int attempts)
      implements OfEvent {}

  /** The image is to be forgotten. */
  record Removed(EventId event) implements OfEvent {}

  /**
   * What comes after it in this partition is matched by another threshold. It is of no image, so
   * its record has no key. The parts are those of {@link ThresholdChange}.
   */
  record ThresholdsAdopted(Threshold threshold, String run, Instant at) implements FetchResult {}
}
