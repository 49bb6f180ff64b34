package io.twinstream.schema;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A record of the fingerprint log: an image got a place in its collection. Removals are tombstones.
 *
 * @param position the place, unique within its partition and rising, assigned once by the matcher
 * @param event the event that brought these bytes
 * @param image that event's content
 * @param fingerprint what is kept of the picture
 */
public record FingerprintRecord(
    long position, EventId event, ImageMetadata image, Fingerprint fingerprint) implements Event {
  /** Tells this record from the other kinds that the log can hold. */
  @JsonProperty(value = "type", access = JsonProperty.Access.READ_ONLY, index = 1)
  public String type() {
    return "fingerprint";
  }
}
