package io.twinstream.match;

import io.twinstream.schema.ImageKey;
import io.twinstream.schema.View;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** The fingerprints of one partition, durable or not. Confined to one thread. */
public interface FingerprintStore {
  /** The fingerprint of an image, if it is there. */
  Optional<StoredFingerprint> find(ImageKey key);

  /**
   * The fingerprint at a position.
   *
   * @param view of which part the hash is
   * @param prefix the first 16 bits of that hash: by each of its hashes it is filed
   * @throws IllegalStateException if there is none: store and index are no longer equal
   */
  StoredFingerprint at(View view, int prefix, long position);

  /** Files a fingerprint under its key and its position; neither is taken. */
  void put(StoredFingerprint fingerprint);

  /** Takes a fingerprint out that is there. */
  void remove(StoredFingerprint fingerprint);

  /** Gives the next position: higher than every one that was ever given in this partition. */
  long nextPosition();

  /** The position that will be given next. */
  long peekPosition();

  /** The radius that was adopted last, in bits; empty if none ever was. */
  OptionalInt adoptedRadius();

  /** Keeps a radius as the one that was adopted last. */
  void adoptRadius(int radius);

  /** Hands over what of all fingerprints goes into the index, in no order. */
  void forEach(Consumer<IndexedImage> action);
}
