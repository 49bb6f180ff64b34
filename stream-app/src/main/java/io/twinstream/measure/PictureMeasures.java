package io.twinstream.measure;

import io.twinstream.picture.DecodedColours;
import io.twinstream.picture.DecodedPicture;
import io.twinstream.schema.ColourSignature;
import io.twinstream.schema.Measures;

/** Measures decoded pictures. Thread-safe. */
public final class PictureMeasures {
  private PictureMeasures() {}

  /**
   * All measures of a picture.
   *
   * @param bytes the size of its file
   */
  public static Measures of(DecodedColours decoded, long bytes) {
    DecodedPicture picture = decoded.picture();
    double sharpness = rounded(Sharpness.of(picture.grey()));
    double blockiness = rounded(Blockiness.of(picture.grey(), picture.scale()));
    ColourCensus colours = ColourCensus.of(decoded.colour());
    return new Measures(
        sharpness,
        blockiness,
        rounded(colours.colourfulness()),
        colours.dominant(),
        ColourSignature.ofCounts(colours.counts()),
        CopyQuality.of(picture.header(), bytes, sharpness, blockiness));
  }

  /** More digits would only make events longer. */
  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
