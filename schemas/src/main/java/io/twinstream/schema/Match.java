package io.twinstream.schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/**
 * An image of lower position within the radius.
 *
 * @param id its id, within the same collection
 * @param position its place in the collection
 * @param kind whether the bytes are equal or the pictures alike
 * @param algorithm the hash that matched
 * @param distance the Hamming distance, in bits
 * @param similarity 1 − distance / bits, 0 to 1
 */
public record Match(
    String id, long position, Kind kind, String algorithm, int distance, double similarity) {
  /** In what way two images match. */
  public enum Kind {
    /** The bytes are equal (SHA-256). */
    @JsonProperty("exact")
    EXACT,
    /** The perceptual hashes are within the radius. */
    @JsonProperty("near")
    NEAR;

    /** The name in events, lower case. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
