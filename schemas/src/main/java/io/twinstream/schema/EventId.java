package io.twinstream.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Where an {@code image-metadata} record stands in its topic. Carried to the verdict, so that one
 * event and its one verdict can be joined. Written {@code topic-partition@offset}.
 *
 * @param topic the topic's name
 * @param partition 0 or more
 * @param offset 0 or more
 */
public record EventId(String topic, int partition, long offset) {
  /**
   * Reads the form that {@link #toString()} writes.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  @JsonCreator
  public static EventId parse(String text) {
    int at = text.lastIndexOf('@');
    int dash = at < 0 ? -1 : text.lastIndexOf('-', at);
    if (dash < 1) {
      throw new IllegalArgumentException("not an event id (topic-partition@offset): " + text);
    }
    return new EventId(
        text.substring(0, dash),
        Integer.parseInt(text.substring(dash + 1, at)),
        Long.parseLong(text.substring(at + 1)));
  }

  @JsonValue
  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
