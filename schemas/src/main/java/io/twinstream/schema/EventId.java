package io.twinstream.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an {@code image-metadata} record stands in its topic. Carried to the verdict, so that one
 * event and its one verdict can be joined. Written {@code topic-partition@offset}.
 *
 * @param topic the topic's name, not empty
 * @param partition 0 or more
 * @param offset 0 or more
 */
public record EventId(String topic, int partition, long offset) {
  private static final Pattern FORM = Pattern.compile("(.+)-(0|[1-9]\\d*)@(0|[1-9]\\d*)");

  /**
   * @throws IllegalArgumentException if the topic is empty or a number is negative
   */
  public EventId {
    if (topic.isEmpty() || partition < 0 || offset < 0) {
      throw new IllegalArgumentException(
          "no place in a topic: \"%s\", partition %s, offset %s"
              .formatted(topic, partition, offset));
    }
  }

  /**
   * Reads the form that {@link #toString()} writes.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  @JsonCreator
  public static EventId parse(String text) {
    Matcher parts = FORM.matcher(text);
    try {
      if (parts.matches()) {
        return new EventId(
            parts.group(1), Integer.parseInt(parts.group(2)), Long.parseLong(parts.group(3)));
      }
    } catch (NumberFormatException e) {
      // Too many digits: falls through.
    }
    throw new IllegalArgumentException("not an event id (topic-partition@offset): " + text);
  }

  @JsonValue
  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
