package io.twinstream.hash;

import io.twinstream.schema.View;
import java.util.List;

/** Which parts of a picture are looked at, besides all of it. */
public enum Views {
  /** None. */
  NONE,

  /** What is left of it without borders. */
  TRIMMED,

  /** That, and its middle, twice. */
  ALL;

  /** The parts. */
  public List<View> parts() {
    return switch (this) {
      case NONE -> List.of();
      case TRIMMED -> List.of(View.TRIMMED);
      case ALL -> List.of(View.TRIMMED, View.CENTRE_85, View.CENTRE_60);
    };
  }
}
