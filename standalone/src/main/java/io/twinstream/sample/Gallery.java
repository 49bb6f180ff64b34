package io.twinstream.sample;

import io.twinstream.schema.Fingerprint;
import java.util.ArrayList;
import java.util.List;

/**
 * The pictures taken so far, and the judge of the next. It goes by the product's own fingerprints:
 * chance may paint two scenes alike or make an edit too strong, and then the truth would be wrong.
 * For one thread at a time.
 */
final class Gallery {
  /** The least distance in bits between pictures of two scenes. */
  static final int APART = 80;

  /** The least distance between two originals: leaves their copies room to stray. */
  static final int ORIGINALS_APART = 88;

  /** The largest distance in bits between an original and a copy of it. */
  static final int NEAR_ORIGINAL = 32;

  /** The largest distance in bits between two copies of one original. */
  static final int NEAR_COPY = 40;

  /** Far above what the product calls featureless. */
  static final int MIN_QUALITY = 4 * Fingerprint.MIN_QUALITY;

  private final List<SampleFile> originals = new ArrayList<>();
  private final List<SampleFile> copies = new ArrayList<>();

  /** Takes a picture of a new scene, unless it is too near to another or has too little in it. */
  boolean takeOriginal(SampleFile file) {
    boolean good =
        file.quality() >= MIN_QUALITY
            && originals.stream().allMatch(other -> file.distance(other) >= ORIGINALS_APART);
    return good && originals.add(file);
  }

  /** Takes a copy, unless it is too far from its like or too near to anything else. */
  boolean takeCopy(SampleFile file) {
    boolean good =
        file.quality() >= MIN_QUALITY
            && originals.stream().allMatch(other -> fits(file, other, NEAR_ORIGINAL))
            && copies.stream().allMatch(other -> fits(file, other, NEAR_COPY));
    return good && copies.add(file);
  }

  private static boolean fits(SampleFile file, SampleFile other, int near) {
    int distance = file.distance(other);
    return file.scene() == other.scene() ? distance <= near : distance >= APART;
  }
}
