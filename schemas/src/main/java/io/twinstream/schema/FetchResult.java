package io.twinstream.schema;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * What fetching made of an event, on its way to the matcher. Failures take the same way as
 * fingerprints, so that one writer orders all verdicts of an image.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "t")
@JsonSubTypes({
  @JsonSubTypes.Type(value = FetchResult.Fingerprinted.class, name = "p"),
  @JsonSubTypes.Type(value = FetchResult.Failed.class, name = "f"),
  @JsonSubTypes.Type(value = FetchResult.Removed.class, name = "r")
})
public sealed interface FetchResult {
  /** The event, by its place in {@code image-metadata}. */
  EventId event();

  /** The picture was fetched and fingerprinted. */
  record Fingerprinted(EventId event, ImageMetadata image, Fingerprint fingerprint)
      implements FetchResult {}

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
      implements FetchResult {}

  /** The image is to be forgotten. */
  record Removed(EventId event) implements FetchResult {}
}
