package io.twinstream.ingest;

import java.util.Map;
import java.util.Set;

/**
 * A map that someone wants Connect to keep. Its complaints name what is wrong and how it should be.
 */
public final class Submitted {
  private final Map<String, ?> entries;

  Submitted(Map<String, ?> entries) {
    this.entries = entries;
  }

  /** Whether there is an entry of this name. */
  public boolean has(String key) {
    return entries.containsKey(key);
  }

  /**
   * Wants these entries, all of them and no others.
   *
   * @throws IllegalArgumentException if it has others
   */
  public void requireKeys(Set<String> keys) {
    if (!entries.keySet().equals(keys)) {
      throw new IllegalArgumentException(
          "%s has %s, it must have %s"
              .formatted(
                  entries,
                  entries.keySet().stream().sorted().toList(),
                  keys.stream().sorted().toList()));
    }
  }

  /**
   * The text of an entry.
   *
   * @throws IllegalArgumentException if it is none
   */
  public String text(String key) {
    if (entries.get(key) instanceof String text) {
      return text;
    }
    throw wrong(key, "a text");
  }

  /**
   * Wants a whole number that is neither below nor above the given ones.
   *
   * @throws IllegalArgumentException if it is another
   */
  public void requireWhole(String key, long least, long most) {
    Object value = entries.get(key);
    boolean whole = value instanceof Long || value instanceof Integer;
    if (!whole || ((Number) value).longValue() < least || ((Number) value).longValue() > most) {
      throw wrong(key, "a whole number from %d to %d".formatted(least, most));
    }
  }

  /** The complaint that an entry should be something else. */
  public IllegalArgumentException wrong(String key, String expected) {
    Object value = entries.get(key);
    return new IllegalArgumentException(
        "\"%s\" is %s, it must be %s"
            .formatted(key, value instanceof String ? "\"" + value + "\"" : value, expected));
  }
}
