package io.twinstream.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import java.util.Objects;

/**
 * An image of lower position within the radius.
 *
 * @param id its id, within the same collection
 * @param position its place in the collection
 * @param kind whether bytes or pixels are equal or the pictures alike
 * @param algorithm the hash that matched
 * @param distance the Hamming distance, in bits
 * @param similarity 1 − distance / bits, 0 to 1
 * @param orientation what had to be done to the picture that was judged to make it look like this
 *     one
 * @param view the part of the picture that was judged that looks like this one
 * @param matchedView the part of this one that it looks like
 */
public record Match(
    String id,
    long position,
    Kind kind,
    String algorithm,
    int distance,
    double similarity,
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = Orientation.LeftOut.class)
        Orientation orientation,
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = View.LeftOut.class) View view,
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = View.LeftOut.class)
        View matchedView) {
  public Match {
    orientation = Objects.requireNonNullElse(orientation, Orientation.UPRIGHT);
    view = Objects.requireNonNullElse(view, View.WHOLE);
    matchedView = Objects.requireNonNullElse(matchedView, View.WHOLE);
  }

  /** A match of whole pictures as they stand. */
  public Match(
      String id, long position, Kind kind, String algorithm, int distance, double similarity) {
    this(id, position, kind, algorithm, distance, similarity, Orientation.UPRIGHT);
  }

  /** A match of whole pictures. */
  public Match(
      String id,
      long position,
      Kind kind,
      String algorithm,
      int distance,
      double similarity,
      Orientation orientation) {
    this(id, position, kind, algorithm, distance, similarity, orientation, View.WHOLE, View.WHOLE);
  }

  /** In what way two images match. */
  public enum Kind {
    /** The bytes are equal (SHA-256), or the upright pixels where both have a digest of them. */
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
