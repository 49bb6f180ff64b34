package io.twinstream.hash;

import io.twinstream.schema.Orientation;
import java.util.List;

/** In which ways a picture is looked at, turned and mirrored. */
public enum Orientations {
  /** Only as it stands. */
  NONE,

  /** In quarter turns: four ways. */
  ROTATIONS,

  /** In quarter turns, and mirrored so: eight ways. */
  ALL;

  /** The ways, the picture as it stands first. */
  public List<Orientation> ways() {
    return switch (this) {
      case NONE -> List.of(Orientation.UPRIGHT);
      case ROTATIONS ->
          List.of(
              Orientation.UPRIGHT, Orientation.TURN_90, Orientation.TURN_180, Orientation.TURN_270);
      case ALL -> List.of(Orientation.values());
    };
  }
}
