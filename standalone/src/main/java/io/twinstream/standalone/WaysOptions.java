package io.twinstream.standalone;

import io.twinstream.hash.Orientations;
import io.twinstream.hash.Views;
import io.twinstream.standalone.engine.RefusedException;
import java.util.Locale;
import picocli.CommandLine.Option;

/** How pictures are looked at. */
final class WaysOptions {
  @Option(
      names = "--orientations",
      paramLabel = "WAYS",
      description =
          "In which ways a picture is looked at: none (as it stands), rotations (in quarter turns)"
              + " or all (mirrored, too). Default: all.")
  private String orientations;

  @Option(
      names = "--views",
      paramLabel = "PARTS",
      description =
          "Which parts of a picture are looked at, besides all of it: none, trimmed (without its"
              + " borders) or all (its middle, too, so that crops are found). Default: all.")
  private String views;

  /** The ways. */
  Orientations orientations() {
    return switch (orientations == null ? "all" : orientations.toLowerCase(Locale.ROOT)) {
      case "none" -> Orientations.NONE;
      case "rotations" -> Orientations.ROTATIONS;
      case "all" -> Orientations.ALL;
      default ->
          throw new RefusedException(
              "--orientations is none, rotations or all, not " + orientations);
    };
  }

  /** The parts. */
  Views views() {
    return switch (views == null ? "all" : views.toLowerCase(Locale.ROOT)) {
      case "none" -> Views.NONE;
      case "trimmed" -> Views.TRIMMED;
      case "all" -> Views.ALL;
      default -> throw new RefusedException("--views is none, trimmed or all, not " + views);
    };
  }
}
