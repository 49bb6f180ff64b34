package io.twinstream.catalog;

/**
 * How many images stand where.
 *
 * @param images handed in
 * @param unique judged unique
 * @param duplicates judged duplicates
 * @param failed judged as failed
 */
public record VerdictCounts(long images, long unique, long duplicates, long failed) {
  /** How many have a verdict. */
  public long judged() {
    return unique + duplicates + failed;
  }
}
