package io.twinstream.schema;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;

/** The outcome of one image event. Every event that can be read has exactly one. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "verdict")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Verdict.Unique.class, name = "unique"),
  @JsonSubTypes.Type(value = Verdict.DuplicateFound.class, name = "duplicate-found"),
  @JsonSubTypes.Type(value = Verdict.DownloadFailed.class, name = "download-failed")
})
public sealed interface Verdict extends Event {
  /** The run of the running topology; replays have names of their own. */
  String LIVE = "live";

  /** The event that was judged. */
  EventId event();

  /** The event's content, as it came. */
  ImageMetadata image();

  /** Which pass of matching judged it: {@value #LIVE} or the name of a replay. */
  String run();

  /** When it was judged, by the clock of the machine that did it. */
  Instant judgedAt();

  /**
   * Nothing alike came before it.
   *
   * @param position its place in the collection
   * @param thresholds what counted as alike
   * @param fingerprint what was compared
   */
  record Unique(
      EventId event,
      ImageMetadata image,
      String run,
      Instant judgedAt,
      long position,
      List<Threshold> thresholds,
      Fingerprint fingerprint)
      implements Verdict {
    public Unique {
      thresholds = List.copyOf(thresholds);
    }
  }

  /**
   * Something alike came before it.
   *
   * @param position its place in the collection
   * @param thresholds what counted as alike
   * @param fingerprint what was compared
   * @param original the match of lowest position
   * @param matches the matches of lowest position, in order of position, the original first; at
   *     most {@value #MAX_MATCHES}
   * @param matchCount how many there are, listed or not; exact up to 1,000, beyond that there may
   *     be more
   */
  record DuplicateFound(
      EventId event,
      ImageMetadata image,
      String run,
      Instant judgedAt,
      long position,
      List<Threshold> thresholds,
      Fingerprint fingerprint,
      Match original,
      List<Match> matches,
      long matchCount)
      implements Verdict {
    /**
     * The longest list of matches. It keeps a verdict below 512 KB even with the longest ids, made
     * of characters that JSON writes with six bytes each.
     */
    public static final int MAX_MATCHES = 50;

    public DuplicateFound {
      thresholds = List.copyOf(thresholds);
      matches = List.copyOf(matches);
    }
  }

  /**
   * The picture could not be had or not be read.
   *
   * @param reason why, from a closed list
   * @param detail one sentence for a person
   * @param retryable whether trying again later could help
   * @param httpStatus the last HTTP status, 0 where there was none
   * @param attempts how often it was tried, 0 or more
   */
  record DownloadFailed(
      EventId event,
      ImageMetadata image,
      String run,
      Instant judgedAt,
      FailureReason reason,
      String detail,
      boolean retryable,
      int httpStatus,
      int attempts)
      implements Verdict {}
}
