package io.twinstream.replay;

import io.twinstream.index.HammingIndex;
import io.twinstream.match.MatchSettings;
import io.twinstream.match.StoredFingerprint;
import io.twinstream.schema.FingerprintRecord;
import io.twinstream.schema.ImageKey;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * One partition of the fingerprint log, reduced to the last record of each image: what compaction
 * would leave, whether it has run or not. Confined to one thread.
 */
public final class ReducedLog {
  private final MatchSettings settings;
  private final Map<ImageKey, Entry> last = new HashMap<>();

  /**
   * What is kept of a record.
   *
   * @param stored null if it lacks the hash that is matched by
   * @param record only where it does, to tell what it has
   */
  private record Entry(long offset, StoredFingerprint stored, FingerprintRecord record) {}

  /**
   * Nothing was read yet.
   *
   * @param settings what will be matched by
   */
  public ReducedLog(MatchSettings settings) {
    this.settings = settings;
  }

  /**
   * Takes the next record.
   *
   * @param offset higher than that of any record before
   */
  public void logged(long offset, ImageKey key, FingerprintRecord record) {
    String algorithm = settings.threshold().algorithm();
    boolean lacks = record.fingerprint().hash(algorithm).isEmpty();
    last.put(
        key,
        lacks
            ? new Entry(offset, null, record)
            : new Entry(
                offset,
                StoredFingerprint.of(
                    key,
                    record.position(),
                    record.fingerprint(),
                    algorithm,
                    settings.codes(key, record.fingerprint()).upright()),
                null));
  }

  /** Takes the next record, a removal. */
  public void removed(ImageKey key) {
    last.remove(key);
  }

  /** How many images there are. */
  public int size() {
    return last.size();
  }

  /** How many lack the hash that is matched by. */
  public long lacking() {
    return last.values().stream().filter(entry -> entry.stored == null).count();
  }

  /** How many of those that lack it have the hash of each other algorithm. */
  public Map<String, Long> others() {
    Map<String, Long> counts = new TreeMap<>();
    last.values().stream()
        .filter(entry -> entry.stored == null)
        .flatMap(entry -> entry.record.fingerprint().hashes().stream())
        .forEach(hash -> counts.merge(hash.algorithm(), 1L, Long::sum));
    return counts;
  }

  /**
   * The index over all of them; nothing is left here.
   *
   * @param newIndex makes an empty index for codes of the given width in bits
   * @throws IllegalStateException if some lack the hash that is matched by
   */
  public ReplayIndex index(IntFunction<HammingIndex> newIndex) {
    if (lacking() > 0) {
      throw new IllegalStateException("not all images can be matched");
    }
    List<Entry> entries =
        last.values().stream()
            .sorted(Comparator.comparingLong(entry -> entry.stored.position()))
            .toList();
    last.clear();
    ReplayIndex index = new ReplayIndex(settings, entries.size(), newIndex);
    entries.forEach(entry -> index.add(entry.offset, entry.stored));
    return index;
  }
}
