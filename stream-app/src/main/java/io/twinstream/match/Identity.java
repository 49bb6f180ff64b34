package io.twinstream.match;

import io.twinstream.schema.ImageKey;

/**
 * Whose an image is, and what tells that another one is equal.
 *
 * @param sha256 as in {@link io.twinstream.schema.Fingerprint}
 * @param pixelsSha256 likewise
 */
public record Identity(ImageKey key, String sha256, String pixelsSha256) {
  /** Whether bytes are equal, or pixels where both have a digest of them. */
  boolean isExact(Identity other) {
    return sha256.equals(other.sha256)
        || (!pixelsSha256.isEmpty() && pixelsSha256.equals(other.pixelsSha256));
  }
}
