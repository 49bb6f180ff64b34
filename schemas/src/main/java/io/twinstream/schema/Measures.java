package io.twinstream.schema;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Objects;

/**
 * What can be seen of a picture beside its hashes.
 *
 * @param sharpness the mean absolute Laplacian of luma, the picture scaled to 256 × 256: 0 for a
 *     flat one, some 5 to 60 for photographs
 * @param blockiness how much more luma changes across the edges of JPEG's blocks than beside them,
 *     0 (not at all, or too large a picture to see) to 1
 * @param colourfulness by Hasler and Süsstrunk ("Measuring colourfulness in natural images", 2003):
 *     0 for grey, above 80 for very colourful pictures
 * @param dominantColours at most five, the largest share first
 * @param colours how much of the picture has which colour
 * @param score how good a copy it is
 */
public record Measures(
    double sharpness,
    double blockiness,
    double colourfulness,
    List<DominantColour> dominantColours,
    ColourSignature colours,
    QualityScore score) {
  /** Nothing was measured. */
  public static final Measures NONE =
      new Measures(
          0,
          0,
          0,
          List.of(),
          ColourSignature.ofHex("00".repeat(ColourSignature.BOXES)),
          new QualityScore(0, 0, 0, 0, 0));

  public Measures {
    dominantColours = List.copyOf(dominantColours);
  }

  /** Whether nothing was measured. */
  @JsonIgnore
  public boolean isNone() {
    return equals(NONE);
  }

  /** Tells Jackson to leave it out. */
  static final class LeftOut {
    @Override
    public boolean equals(Object other) {
      return other == null || NONE.equals(other);
    }

    @Override
    public int hashCode() {
      return Objects.hashCode(NONE);
    }
  }
}
