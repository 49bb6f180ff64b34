package io.twinstream.examples.quarantine;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an event stands in {@code image-metadata}: the {@code event} of its verdict, {@code
 * topic-partition@offset}. All events of an image have one key and so one partition, whose offsets
 * say which is the newest. Nothing else does: verdicts of one image lie on several topics, which
 * are read in no common order, an image that is judged again keeps its position, and clocks differ.
 *
 * @param partition topic and partition
 * @param offset 0 or more
 */
public record EventPlace(String partition, long offset) {
  private static final Pattern FORM = Pattern.compile("(.+-\\d+)@(\\d+)");

  /**
   * Reads the form that {@link #toString()} writes.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  @JsonCreator
  public static EventPlace parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not topic-partition@offset: " + text);
    }
    return new EventPlace(parts.group(1), Long.parseLong(parts.group(2)));
  }

  @JsonValue
  @Override
  public String toString() {
    return partition + "@" + offset;
  }
}
