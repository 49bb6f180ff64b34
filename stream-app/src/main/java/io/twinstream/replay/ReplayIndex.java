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
 * order they are asked for, as long as the index has grown so far: a small one is searched faster.
 * Confined to one thread, but for {@linkplain #reader readers}.
 */
public final class ReplayIndex {
  private final MatchSettings settings;
  private final ImageIndex images;
  private final Comparison comparison;
  // By rank, which is the order of positions.
  private final long[] positions;
  private final long[] offsets;
  private final Identity[] identities;
  // What has not been added yet.
  private final StoredFingerprint[] waiting;
  private int size;
  private int grown;

  ReplayIndex(MatchSettings settings, int capacity, IntFunction<HammingIndex> newIndex) {
    this.settings = settings;
    images = new ImageIndex(newIndex);
    positions = new long[capacity];
    offsets = new long[capacity];
    Identity[] all = new Identity[capacity];
    identities = all;
    waiting = new StoredFingerprint[capacity];
    comparison =
        new Comparison(settings.threshold(), images, (_, _, position) -> all[rank(position)]);
  }

  /** Adds the image of the next higher position. */
  void add(long offset, StoredFingerprint stored) {
    positions[size] = stored.position();
    offsets[size] = offset;
    identities[size] = stored.identity();
    waiting[size] = stored;
    size++;
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

  /** Has all images below a position in the index from now on. */
  public void growTo(long position) {
    boolean changed = false;
    while (grown < size && positions[grown] < position) {
      images.add(waiting[grown].indexed());
      waiting[grown++] = null;
      changed = true;
    }
    if (changed) {
      images.prepare(settings.threshold().radius());
    }
  }

  /** One that judges, for one more thread, until the index grows further. */
  public Reader reader() {
    return new Reader(comparison.reader());
  }

  /** Judges images while others do so, too. For one thread. */
  public final class Reader {
    private final Comparison own;

    private Reader(Comparison own) {
      this.own = own;
    }

    /**
     * Judges an image of which this {@linkplain #isLast is the last record}.
     *
     * @throws IllegalStateException if the index has not grown to its position
     */
    public Judgement judge(ImageKey key, FingerprintRecord record) {
      Codes codes = codes(key, record);
      Comparison.Likes likes = own.likes(stored(key, record, codes), codes.turned());
      return new Judgement(record.position(), false, likes.matches(), likes.count());
    }

    /**
     * Hands over everything of lower position that is like it, and how far it is.
     *
     * @throws IllegalStateException if the index has not grown to its position
     */
    public void all(ImageKey key, FingerprintRecord record, Comparison.Taker taker) {
      Codes codes = codes(key, record);
      own.all(stored(key, record, codes), codes.turned(), taker);
    }

    private Codes codes(ImageKey key, FingerprintRecord record) {
      if (rank(record.position()) > grown) {
        throw new IllegalStateException("the index has not grown to position " + record.position());
      }
      return settings.codes(key, record.fingerprint());
    }
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
