package io.twinstream.hash;

import io.twinstream.schema.BinaryCode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a name such as {@code WaveletHash(32,4)}.
 *
 * @param algorithm what stands before the brackets
 * @param bits the first number in them, if there are any
 * @param option what follows it, if anything does
 */
record HashName(String algorithm, Optional<Integer> bits, Optional<String> option) {
  private static final Pattern SHAPE =
      Pattern.compile("\\s*(\\w+)\\s*(?:\\(\\s*(\\d{1,5})\\s*(?:,\\s*(\\w+)\\s*)?\\))?\\s*");

  /**
   * @throws IllegalArgumentException if the name has another shape
   */
  static HashName parse(String name) {
    Matcher parts = SHAPE.matcher(name);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "'%s' is no name of a hash algorithm; one looks like PerceptiveHash(256)"
              .formatted(name));
    }
    return new HashName(
        parts.group(1),
        Optional.ofNullable(parts.group(2)).map(Integer::valueOf),
        Optional.ofNullable(parts.group(3)));
  }

  /** The bits of an algorithm that needs them. */
  int neededBits() {
    int needed =
        bits.orElseThrow(() ->
            new IllegalArgumentException(
                "%s needs its bits, for example %s(64)".formatted(algorithm, algorithm)));
    if (needed < 1 || needed > BinaryCode.MAX_BITS) {
      throw new IllegalArgumentException(
          "%s: bits are 1 to %s".formatted(this, BinaryCode.MAX_BITS));
    }
    return needed;
  }

  /** Without spaces, as it stands in fingerprints and thresholds. */
  @Override
  public String toString() {
    return algorithm
        + bits.map(number -> "(" + number + option.map(text -> "," + text).orElse("") + ")")
            .orElse("");
  }
}
