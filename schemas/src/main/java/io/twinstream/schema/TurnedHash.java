package io.twinstream.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The perceptual hash that a picture would have if it were turned or mirrored.
 *
 * @param algorithm as in {@link PerceptualHash}
 * @param orientation what was done to the upright picture
 * @param code the hash
 */
public record TurnedHash(String algorithm, Orientation orientation, @JsonIgnore BinaryCode code) {
  @JsonCreator
  static TurnedHash of(
      @JsonProperty("algorithm") String algorithm,
      @JsonProperty("orientation") Orientation orientation,
      @JsonProperty("bits") int bits,
      @JsonProperty("hash") String hash) {
    return new TurnedHash(algorithm, orientation, BinaryCode.ofHex(hash, bits));
  }

  /** The true width of the code, in bits. */
  @JsonProperty("bits")
  int bits() {
    return code.bits();
  }

  /** The code in hexadecimal, most significant bit first. */
  @JsonProperty("hash")
  String hash() {
    return code.toHex();
  }
}
