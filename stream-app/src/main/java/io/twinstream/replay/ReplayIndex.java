package io.twinstream.replay;

import io.twinstream.index.HammingIndex;
import io.twinstream.match.Comparison;
import io.twinstream.match.Identity;
import io.twinstream.match.ImageIndex;
import io.twinstream.match.Judgement;
import io.twinstream.match.MatchSettings;
import io.twinstream.match.StoredFingerprint;
import io.twinstream.schema.Codes;
import io.twinstream.schema.FingerprintRecord;
import io.twinstream.schema.ImageKey;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * All images of a partition, each of which is judged against those of lower position: as the live
 * matcher would have, had it had these images alone, in that order. So it does not matter in which
 * order they are asked for. Confined to one thread.
 */
public final class ReplayIndex {
  private final MatchSettings settings;
  private final ImageIndex images;
  private final Comparison comparison;
  // By rank, which is the order of positions.
  private final long[] positions;
  private final long[] offsets;
  private final Identity[] identities;
  private int size;

  ReplayIndex(MatchSettings settings, int capacity, IntFunction<HammingIndex> newIndex) {
    this.settings = settings;
    images = new ImageIndex(newIndex);
    comparison =
        new Comparison(
            settings.threshold(), images, (_, _, position) -> identities()[rank(position)]);
    positions = new long[capacity];
    offsets = new long[capacity];
    identities = new Identity[capacity];
  }

  private Identity[] identities() {
    return identities;
  }

  /** Adds the image of the next higher position. */
  void add(long offset, StoredFingerprint stored) {
    positions[size] = stored.position();
    offsets[size] = offset;
    identities[size] = stored.identity();
    size++;
    images.add(stored.indexed());
  }

  void prepare() {
    images.prepare(settings.threshold().radius());
  }

  /** How many images there are. */
  public int size() {
    return size;
  }

  /**
   * Which of them is at a position, counted from 0 by rising position.
   *
   * @throws IllegalArgumentException if there is none
   */
  public int rank(long position) {
    int rank = Arrays.binarySearch(positions, 0, size, position);
    if (rank < 0) {
      throw new IllegalArgumentException("nothing is at position " + position);
    }
    return rank;
  }

  /** Whether a record of the log is the last of its image. */
  public boolean isLast(long offset, FingerprintRecord record) {
    int rank = Arrays.binarySearch(positions, 0, size, record.position());
    return rank >= 0 && offsets[rank] == offset;
  }

  /** Judges an image of which this {@linkplain #isLast is the last record}. */
  public Judgement judge(ImageKey key, FingerprintRecord record) {
    Codes codes = settings.codes(key, record.fingerprint());
    Comparison.Likes likes = comparison.likes(stored(key, record, codes), codes.turned());
    return new Judgement(record.position(), false, likes.matches(), likes.count());
  }

  /** Hands over everything of lower position that is like it, and how far it is. */
  public void all(ImageKey key, FingerprintRecord record, Comparison.Taker taker) {
    Codes codes = settings.codes(key, record.fingerprint());
    comparison.all(stored(key, record, codes), codes.turned(), taker);
  }

  private StoredFingerprint stored(ImageKey key, FingerprintRecord record, Codes codes) {
    return StoredFingerprint.of(
        key,
        record.position(),
        record.fingerprint(),
        settings.threshold().algorithm(),
        codes.upright());
  }

  /** Another one of the same images at the same positions has the same, and no other as a rule. */
  public long checksum() {
    long sum = 0;
    for (int rank = 0; rank < size; rank++) {
      Identity identity = identities[rank];
      // Hashes of texts are the same in every Java; those of records need not be.
      long mixed = 31L * identity.key().toString().hashCode() + identity.sha256().hashCode();
      mixed = mixed * 0x9E3779B97F4A7C15L + positions[rank];
      mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
      sum += mixed ^ (mixed >>> 32);
    }
    return sum;
  }
}
