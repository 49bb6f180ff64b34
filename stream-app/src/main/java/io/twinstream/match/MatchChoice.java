package io.twinstream.match;

import io.twinstream.hash.HashAlgorithms;
import io.twinstream.schema.Threshold;
import java.util.OptionalInt;

/**
 * What somebody wants images to be matched by, before it is known how many there are.
 *
 * @param algorithm by its name, or {@link #ANY_ALGORITHM}
 */
public record MatchChoice(String algorithm, Reach reach) {
  /** Stands for that which is used already, or else the default. */
  public static final String ANY_ALGORITHM = "";

  /** Nothing in particular. */
  public static final MatchChoice ANY = new MatchChoice(ANY_ALGORITHM, new Reach.BySize());

  /** How far. */
  public sealed interface Reach {
    /** By the number of images. */
    record BySize() implements Reach {}

    /** As far as a preset. */
    record Of(Preset preset) implements Reach {}

    /** So many bits. */
    record Bits(int radius) implements Reach {}
  }

  /**
   * The threshold that it comes to.
   *
   * @param defaultAlgorithm where any will do
   * @param images that will be stored
   * @throws IllegalArgumentException if the algorithm is unknown, the radius wider than its codes,
   *     or none known to be safe; the message says what to do
   */
  public Threshold threshold(String defaultAlgorithm, long images) {
    String name = algorithm.equals(ANY_ALGORITHM) ? defaultAlgorithm : algorithm;
    int bits = HashAlgorithms.named(name).bits();
    return switch (reach) {
      case Reach.BySize _ -> new Threshold(name, radius(Preset.forImages(images), name));
      case Reach.Of(Preset preset) -> new Threshold(name, radius(preset, name));
      case Reach.Bits(int radius) -> {
        if (radius < 0 || radius > bits) {
          throw new IllegalArgumentException(
              "--radius is 0 to %s bits, not %s".formatted(bits, radius));
        }
        yield new Threshold(name, radius);
      }
    };
  }

  private static int radius(Preset preset, String algorithm) {
    OptionalInt radius = preset.radius(algorithm);
    return radius.orElseThrow(() ->
        new IllegalArgumentException(
            "no radius of %s is known to be safe for the preset %s; name one with --radius"
                .formatted(algorithm, preset)));
  }
}
