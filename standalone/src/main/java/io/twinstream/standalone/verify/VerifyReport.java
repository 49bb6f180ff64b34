package io.twinstream.standalone.verify;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was found. The counts are of events.
 *
 * @param events that the topic has
 * @param unique verdicts of that kind
 * @param duplicates verdicts of that kind
 * @param failed verdicts of that kind
 * @param failures of these, how many for which reason
 * @param deadLetters of events
 * @param compared verdicts that were judged anew
 * @param equal of these, how many are what they have to be
 * @param underWay events without an outcome that the app has still to do with
 * @param missing events without an outcome that the app has done with
 * @param doubled events with more than one outcome
 * @param different verdicts that are not what they have to be
 * @param unverifiable verdicts that depend on an image that has left the log
 * @param images in the fingerprint log
 * @param problems some of those that are missing, doubled, different or unverifiable
 */
public record VerifyReport(
    long events,
    long unique,
    long duplicates,
    long failed,
    Map<String, Long> failures,
    @JsonProperty("dead_letters") long deadLetters,
    long compared,
    long equal,
    @JsonProperty("under_way") long underWay,
    long missing,
    long doubled,
    long different,
    long unverifiable,
    long images,
    List<Problem> problems) {
  /** So many of each kind are told one by one. */
  static final int TOLD = 20;

  public VerifyReport {
    failures = Collections.unmodifiableMap(new TreeMap<>(failures));
    problems = List.copyOf(problems);
  }

  /**
   * Something that is not as it has to be.
   *
   * @param kind missing, doubled, different or unverifiable
   * @param event its id, or a partition of the log
   * @param what for a person
   */
  public record Problem(String kind, String event, String what) {}

  /** Whether anything is not as it has to be. */
  public boolean isBroken() {
    return missing + doubled + different > 0;
  }
}
