package io.twinstream.schema;

/**
 * When two hashes count as alike.
 *
 * @param algorithm the perceptual hash, for example {@code PerceptiveHash(256)}
 * @param radius the largest Hamming distance at which two hashes match, in bits, 0 or more
 */
public record Threshold(String algorithm, int radius) {
  /**
   * @throws IllegalArgumentException if the radius is negative
   */
  public Threshold {
    if (radius < 0) {
      throw new IllegalArgumentException("a radius is 0 bits or more, not " + radius);
    }
  }
}
