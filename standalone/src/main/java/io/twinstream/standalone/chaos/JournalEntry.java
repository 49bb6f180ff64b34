package io.twinstream.standalone.chaos;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/**
 * Something that happened.
 *
 * @param atSeconds since the beginning
 * @param fault its kind; empty for what was not done on purpose
 * @param what for a person
 */
public record JournalEntry(@JsonProperty("at_s") double atSeconds, String fault, String what) {
  /** With the time since the beginning. */
  public String line() {
    return String.format(
        Locale.ROOT, "%3d:%02d  %s", (int) atSeconds / 60, (int) atSeconds % 60, what);
  }
}
