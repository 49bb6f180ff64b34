package io.twinstream.examples.quarantine;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What one event of an image came to, as far as a quarantine cares. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "status")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Ruling.Hold.class, name = "quarantined"),
  @JsonSubTypes.Type(value = Ruling.Release.class, name = "released")
})
public sealed interface Ruling {
  /** The image's key: {@code collection/id}, the collection escaped. */
  String image();

  /** The event that it comes from. */
  EventPlace event();

  /**
   * The image is a duplicate.
   *
   * @param source the address of its bytes, as its sender gave it
   * @param original the id of the image, in the same collection, that was there first
   * @param kind {@code exact} or {@code near}
   * @param distance between the two hashes, in bits
   */
  record Hold(
      String image, EventPlace event, String source, String original, String kind, int distance)
      implements Ruling {}

  /** The image is unique, or was removed. */
  record Release(String image, EventPlace event) implements Ruling {}
}
