package io.twinstream.fingerprint;

import io.twinstream.hash.Orientations;
import io.twinstream.hash.Views;
import java.util.List;

/**
 * What fingerprints are made with. It also travels to worker processes.
 *
 * @param maxPixels pictures with more are refused by their header, before decoding
 * @param hashes the names of perceptual hash algorithms, at least one; a run of matching needs its
 *     own among them
 * @param orientations in which ways each hash is kept besides
 * @param views which parts of a picture are hashed besides
 * @param measured whether sharpness, colours and the like are measured, which needs decoding to
 *     colours
 * @param pixelDigest whether upright pixels are digested, which needs decoding at full size
 * @param thumbnails whether a thumbnail is made besides, which needs decoding to colours, too
 */
public record FingerprintSettings(
    long maxPixels,
    List<String> hashes,
    Orientations orientations,
    Views views,
    boolean measured,
    boolean pixelDigest,
    boolean thumbnails) {
  /** The hash that is made unless others are named. */
  public static final String DEFAULT_HASH = "PDQ";

  /** The width of that hash, in bits. */
  public static final int DEFAULT_BITS = 256;

  /** 50 million pixels, one hash as the picture stands, nothing besides. */
  public static final FingerprintSettings DEFAULT =
      new FingerprintSettings(
          50_000_000, List.of(DEFAULT_HASH), Orientations.NONE, Views.NONE, false, false, false);

  /**
   * @throws IllegalArgumentException if there is no hash
   */
  public FingerprintSettings {
    hashes = List.copyOf(hashes);
    if (hashes.isEmpty()) {
      throw new IllegalArgumentException("a fingerprint needs at least one hash");
    }
  }

  /** The same with another bound. */
  public FingerprintSettings withMaxPixels(long other) {
    return new FingerprintSettings(
        other, hashes, orientations, views, measured, pixelDigest, thumbnails);
  }

  /** The same with thumbnails, or without. */
  public FingerprintSettings withThumbnails(boolean wanted) {
    return new FingerprintSettings(
        maxPixels, hashes, orientations, views, measured, pixelDigest, wanted);
  }

  /** The same with other hashes. */
  public FingerprintSettings withHashes(List<String> others) {
    return new FingerprintSettings(
        maxPixels, others, orientations, views, measured, pixelDigest, thumbnails);
  }
}
