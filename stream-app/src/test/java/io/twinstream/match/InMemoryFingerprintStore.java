package io.twinstream.match;

import io.twinstream.schema.ImageKey;
import io.twinstream.schema.View;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Holds the matcher to the store's contract: whatever breaks it throws. */
public final class InMemoryFingerprintStore implements FingerprintStore {
  private final Map<ImageKey, StoredFingerprint> byKey = new HashMap<>();
  private final Map<Long, StoredFingerprint> byPosition = new HashMap<>();
  private long next;
  private OptionalInt adopted = OptionalInt.empty();

  @Override
  public Optional<StoredFingerprint> find(ImageKey key) {
    return Optional.ofNullable(byKey.get(key));
  }

  @Override
  public StoredFingerprint at(View view, int prefix, long position) {
    StoredFingerprint stored = byPosition.get(position);
    if (stored == null
        || !stored.codes().containsKey(view)
        || stored.codes().get(view).prefix16() != prefix) {
      throw new IllegalStateException("no code with that prefix is at position " + position);
    }
    return stored;
  }

  @Override
  public void put(StoredFingerprint fingerprint) {
    if (byKey.putIfAbsent(fingerprint.key(), fingerprint) != null
        || byPosition.putIfAbsent(fingerprint.position(), fingerprint) != null) {
      throw new IllegalStateException("its key or its position is taken: " + fingerprint);
    }
  }

  @Override
  public void remove(StoredFingerprint fingerprint) {
    if (!byKey.remove(fingerprint.key(), fingerprint)
        || !byPosition.remove(fingerprint.position(), fingerprint)) {
      throw new IllegalStateException("it is not there: " + fingerprint);
    }
  }

  @Override
  public long nextPosition() {
    return next++;
  }

  @Override
  public long peekPosition() {
    return next;
  }

  @Override
  public OptionalInt adoptedRadius() {
    return adopted;
  }

  @Override
  public void adoptRadius(int radius) {
    adopted = OptionalInt.of(radius);
  }

  @Override
  public void forEach(Consumer<IndexedImage> action) {
    byKey.values().forEach(stored -> action.accept(stored.indexed()));
  }
}
