package io.twinstream.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The perceptual hash of a part of a picture, upright.
 *
 * @param algorithm as in {@link PerceptualHash}
 * @param view which part, never {@link View#WHOLE}
 * @param code the hash
 */
public record ViewedHash(String algorithm, View view, @JsonIgnore BinaryCode code) {
  /**
   * @throws IllegalArgumentException if it is the whole picture
   */
  public ViewedHash {
    if (view == View.WHOLE) {
      throw new IllegalArgumentException("the hash of the whole picture is no hash of a part");
    }
  }

  @JsonCreator
  static ViewedHash of(
      @JsonProperty("algorithm") String algorithm,
      @JsonProperty("view") View view,
      @JsonProperty("bits") int bits,
      @JsonProperty("hash") String hash) {
    return new ViewedHash(algorithm, view, BinaryCode.ofHex(hash, bits));
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
