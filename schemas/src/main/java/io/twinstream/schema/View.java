package io.twinstream.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/**
 * The part of a picture that a code was made of. What is left of a picture that was cut looks like
 * such a part of the whole one, and the other way round.
 */
public enum View {
  /** All of it. */
  WHOLE,
  /** Without the borders of one colour that it has; a picture without borders has no such view. */
  TRIMMED,
  /** The middle 85 hundredths of its width and of its height. */
  CENTRE_85,
  /** The middle 60 hundredths. */
  CENTRE_60;

  /**
   * Whether codes of the two are looked up among each other: any part in the whole of another, and
   * what is left without borders in what is left. Whether middles look alike the whole pictures
   * tell better.
   */
  public boolean isComparedWith(View other) {
    return this == WHOLE || other == WHOLE || (this == TRIMMED && other == TRIMMED);
  }

  /** The name in events, for example {@code centre-85}. */
  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The view of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  @JsonCreator
  public static View of(String name) {
    return Arrays.stream(values())
        .filter(view -> view.toString().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no such view: " + name));
  }

  /** Tells Jackson to leave out what is so by default. */
  static final class LeftOut {
    @Override
    public boolean equals(Object other) {
      return other == null || other == WHOLE;
    }

    @Override
    public int hashCode() {
      return WHOLE.hashCode();
    }
  }
}
