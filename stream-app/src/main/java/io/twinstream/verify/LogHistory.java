package io.twinstream.verify;

import io.twinstream.schema.FingerprintRecord;
import io.twinstream.schema.ImageKey;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A partition of the fingerprint log, as far as compaction has left it: who was at which position
 * from when to when, where time is the offset in the log. Fed by one thread; while nobody feeds it,
 * many may read.
 */
public final class LogHistory {
  private final Map<ImageKey, LoggedImage> present = new HashMap<>();
  private final Map<ImageKey, List<LoggedImage>> byKey = new HashMap<>();
  private final Map<String, List<LoggedImage>> byCollection = new HashMap<>();
  private final BitSet positions = new BitSet();
  private final List<String> defects = new ArrayList<>();

  /**
   * Takes the next record.
   *
   * @param offset higher than that of any record before
   */
  public void logged(long offset, ImageKey key, FingerprintRecord record) {
    LoggedImage before = present.get(key);
    boolean again = before != null && before.position() == record.position();
    if (!again && positions.get(Math.toIntExact(record.position()))) {
      defects.add("position %d was given to %s, too".formatted(record.position(), key));
    }
    end(key, offset);
    LoggedImage image = new LoggedImage(key, record, offset, again);
    present.put(key, image);
    byKey.computeIfAbsent(key, _ -> new ArrayList<>(1)).add(image);
    byCollection.computeIfAbsent(key.collection(), _ -> new ArrayList<>()).add(image);
    positions.set((int) record.position());
  }

  /** Takes the next record, a removal. */
  public void removed(long offset, ImageKey key) {
    end(key, offset);
    present.remove(key);
  }

  private void end(ImageKey key, long offset) {
    LoggedImage before = present.get(key);
    if (before != null) {
      before.endAt(offset);
    }
  }

  /** What is wrong with the log itself. */
  public List<String> defects() {
    return List.copyOf(defects);
  }

  /** The images that are there at its end. */
  public Set<ImageKey> present() {
    return Collections.unmodifiableSet(present.keySet());
  }

  /** Whether nobody had that position, as far as is known. */
  boolean isUnknown(long position) {
    return !positions.get(Math.toIntExact(position));
  }

  /** How many of the positions below nobody is known to have had. */
  long unknownBelow(long position) {
    return position - positions.get(0, Math.toIntExact(position)).cardinality();
  }

  /** The records of an image that gave it that position, by offset. */
  List<LoggedImage> of(ImageKey key, long position) {
    return byKey.getOrDefault(key, List.of()).stream()
        .filter(image -> image.position() == position)
        .toList();
  }

  /** All that were in a collection at some time. */
  List<LoggedImage> of(String collection) {
    return byCollection.getOrDefault(collection, List.of());
  }
}
