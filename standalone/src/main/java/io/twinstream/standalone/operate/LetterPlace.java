package io.twinstream.standalone.operate;

import io.twinstream.schema.EventId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a dead letter stands on its topic. Written {@code partition@offset}.
 *
 * @param partition 0 or more
 * @param offset 0 or more
 */
public record LetterPlace(int partition, long offset) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})@(\\d{1,18})");

  /**
   * Reads the form that {@link #toString()} writes.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static LetterPlace parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "a dead letter is named PARTITION@OFFSET, such as 0@17, not " + text);
    }
    return new LetterPlace(Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2)));
  }

  /** As the header says it of an event that was this letter. */
  EventId on(String topic) {
    return new EventId(topic, partition, offset);
  }

  @Override
  public String toString() {
    return partition + "@" + offset;
  }
}
