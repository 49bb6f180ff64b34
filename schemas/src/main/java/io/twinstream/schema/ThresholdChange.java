package io.twinstream.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Arrays;

/**
 * A record of the fingerprint log: from here on images of this partition are matched by another
 * threshold. Its key is {@value #KEY}, which no image can have, so that compaction keeps the last.
 *
 * @param position the first place that is given after it
 * @param threshold what counts as alike from then on
 * @param before what did until then
 * @param run the replay that it was adopted from; {@code live} if it was taken back
 * @param at when it was adopted, by the clock of whoever did it
 */
public record ThresholdChange(
    long position, Threshold threshold, Threshold before, String run, Instant at) implements Event {
  /** The key of all of them; keys of images have a slash. */
  public static final String KEY = "thresholds";

  /** Tells this record from the other kinds that the log can hold. */
  @JsonProperty(value = "type", access = JsonProperty.Access.READ_ONLY, index = 1)
  public String type() {
    return "thresholds";
  }

  /** The key of all of them, as bytes. */
  public static byte[] key() {
    return KEY.getBytes(UTF_8);
  }

  /** Whether a record of the fingerprint log is one, by its key. */
  public static boolean isKey(byte[] key) {
    return Arrays.equals(key, key());
  }
}
