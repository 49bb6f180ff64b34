package io.twinstream.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One perceptual hash of a picture.
 *
 * @param algorithm the algorithm and its nominal bits, for example {@code PerceptiveHash(256)};
 *     only codes of one algorithm are ever compared
 * @param code the hash
 */
public record PerceptualHash(String algorithm, @JsonIgnore BinaryCode code) {
  @JsonCreator
  static PerceptualHash of(
      @JsonProperty("algorithm") String algorithm,
      @JsonProperty("bits") int bits,
      @JsonProperty("hash") String hash) {
    return new PerceptualHash(algorithm, BinaryCode.ofHex(hash, bits));
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
