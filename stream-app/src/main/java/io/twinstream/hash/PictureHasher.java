package io.twinstream.hash;

import io.twinstream.schema.BinaryCode;
import io.twinstream.schema.Orientation;
import java.util.Map;

/** A perceptual hash algorithm. Implementations are safe under threads. */
public interface PictureHasher {
  /** The name in fingerprints and thresholds, for example {@code PerceptiveHash(256)}. */
  String algorithm();

  /** The true width of its codes, which may differ from the bits in its name. */
  int bits();

  /** The hash of a picture as it stands upright. */
  BinaryCode hash(UprightPicture picture);

  /**
   * The hashes of the upright picture after it is turned and mirrored in each of the ways.
   *
   * @return by what is done with the upright picture, from {@link Orientation#UPRIGHT} on
   */
  Map<Orientation, BinaryCode> hashes(UprightPicture picture, Orientations ways);
}
