package io.twinstream.match;

import io.twinstream.schema.BinaryCode;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.View;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What matching keeps of an image.
 *
 * @param key whose it is
 * @param position its place in the collection's partition
 * @param sha256 as in {@link Fingerprint}
 * @param pixelsSha256 as in {@link Fingerprint}
 * @param featureless whether it matches only equal bytes or pixels
 * @param codes under the algorithm that is matched by: of the whole picture, always, and of parts
 * @param parts what else its record in the fingerprint log has
 */
public record StoredFingerprint(
    ImageKey key,
    long position,
    String sha256,
    String pixelsSha256,
    boolean featureless,
    Map<View, BinaryCode> codes,
    FingerprintParts parts) {
  public StoredFingerprint {
    codes = Collections.unmodifiableMap(new EnumMap<>(codes));
  }

  /**
   * What is kept of a fingerprint.
   *
   * @param algorithm by which is matched
   * @param codes of the fingerprint under that algorithm, all or some
   */
  public static StoredFingerprint of(
      ImageKey key,
      long position,
      Fingerprint fingerprint,
      String algorithm,
      Map<View, BinaryCode> codes) {
    return new StoredFingerprint(
        key,
        position,
        fingerprint.sha256(),
        fingerprint.pixelsSha256(),
        fingerprint.isFeatureless(),
        codes,
        FingerprintParts.of(fingerprint, algorithm));
  }

  /** That of the whole picture. */
  public BinaryCode code() {
    return codes.get(View.WHOLE);
  }

  /** What of it goes into the index. */
  public IndexedImage indexed() {
    return new IndexedImage(key.collection(), position, codes, featureless ? digests() : List.of());
  }

  private List<BinaryCode> digests() {
    return Stream.of(sha256, pixelsSha256)
        .filter(digest -> !digest.isEmpty())
        .map(digest -> BinaryCode.ofHex(digest, IndexedImage.DIGEST_BITS))
        .toList();
  }

  /** Whose it is. */
  public Identity identity() {
    return new Identity(key, sha256, pixelsSha256);
  }

  /** Whether a newer fingerprint of the same bytes has what this one has not. */
  boolean lacksOf(StoredFingerprint newer) {
    return (pixelsSha256.isEmpty() && !newer.pixelsSha256.isEmpty())
        || !codes.keySet().containsAll(newer.codes.keySet())
        || parts.lack(newer.parts);
  }
}
