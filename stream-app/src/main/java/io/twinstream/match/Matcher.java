package io.twinstream.match;

import io.twinstream.match.Search.Alike;
import io.twinstream.schema.BinaryCode;
import io.twinstream.schema.Codes;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.Threshold;
import io.twinstream.schema.View;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Judges the images of one partition, one at a time, each against exactly the lower positions of
 * its collection that are still there. Confined to one thread at a time. After an exception store
 * and index may differ, and the matcher must not be used again.
 */
public final class Matcher {
  private final FingerprintStore store;
  private final ImageIndex index;
  private MatchSettings settings;
  private Comparison comparison;

  /**
   * Over a store and the index over it, which from now on nobody else may change.
   *
   * @param settings hold but for the radius, where another was adopted
   */
  public Matcher(MatchSettings settings, FingerprintStore store, ImageIndex index) {
    this.store = store;
    this.index = index;
    matchBy(settings.within(store.adoptedRadius().orElse(settings.threshold().radius())));
  }

  private void matchBy(MatchSettings now) {
    settings = now;
    comparison =
        new Comparison(
            now.threshold(),
            index,
            (view, prefix, position) -> store.at(view, prefix, position).identity());
  }

  /**
   * Matches by another radius from the next image on, and keeps that with the store. The index is
   * left to itself: the lookups that follow make what they need, in turns.
   *
   * @param radius in bits
   * @return the first position that is judged by it; empty if it was adopted before
   */
  public OptionalLong adopt(int radius) {
    if (store.adoptedRadius().equals(OptionalInt.of(radius))) {
      return OptionalLong.empty();
    }
    store.adoptRadius(radius);
    matchBy(settings.within(radius));
    return OptionalLong.of(store.peekPosition());
  }

  /** What counts as alike. */
  public Threshold threshold() {
    return settings.threshold();
  }

  /** How many images of a collection there are. */
  public long size(String collection) {
    return index.size(collection);
  }

  /**
   * Judges an image. With the same bytes as before it keeps its place, and its old fingerprint too,
   * unless the new one has more in it; with others the old fingerprint leaves and it gets a new
   * place.
   *
   * @throws IllegalArgumentException if the fingerprint lacks the hash that is matched by
   */
  public Judgement judge(ImageKey key, Fingerprint fingerprint) {
    Codes codes = settings.codes(key, fingerprint);
    StoredFingerprint old = store.find(key).orElse(null);
    boolean same = old != null && old.sha256().equals(fingerprint.sha256());
    StoredFingerprint made =
        StoredFingerprint.of(
            key,
            same ? old.position() : store.nextPosition(),
            fingerprint,
            threshold().algorithm(),
            codes.upright());
    boolean keepsOld = same && !old.lacksOf(made);
    if (old != null && !keepsOld) {
      forget(old);
    }
    StoredFingerprint current = keepsOld ? old : made;
    Comparison.Likes likes = comparison.likes(current, codes.turned());
    if (!keepsOld) {
      store.put(current);
      index.add(current.indexed());
    }
    return new Judgement(current.position(), !keepsOld, likes.matches(), likes.count());
  }

  /**
   * Looks a hash up without an image: in all parts of pictures, as they stand.
   *
   * @param radius in bits, no more than what is matched by, for which the index is made; or {@link
   *     Lookup#AS_MATCHED}
   * @param limit how many are listed at most, those of the lowest positions
   * @throws IllegalArgumentException if the hash has another width than those that are stored, or
   *     if the radius is wider
   */
  public Lookup lookup(String collection, BinaryCode code, int radius, int limit) {
    if (radius > threshold().radius()) {
      throw new IllegalArgumentException(
          "the radius is at most %d bits, by which this instance matches, not %d"
              .formatted(threshold().radius(), radius));
    }
    int within = radius == Lookup.AS_MATCHED ? threshold().radius() : radius;
    Search search = new Search(threshold().radius(), Long.MAX_VALUE, Search.LISTED);
    search.look(View.WHOLE, code);
    search.among(index.of(collection));
    List<Alike> near = search.found().stream().filter(one -> one.distance() <= within).toList();
    return new Lookup(
        near.stream()
            .limit(limit)
            .map(one ->
                new Lookup.Hit(
                    store.at(one.matchedView(), one.prefix(), one.position()).key().id(),
                    one.position(),
                    one.distance(),
                    one.matchedView()))
            .toList(),
        within == threshold().radius() ? search.count() : near.size(),
        index.size(collection),
        within);
  }

  /**
   * Forgets an image: nothing matches it any more.
   *
   * @return whether it was there
   */
  public boolean remove(ImageKey key) {
    StoredFingerprint old = store.find(key).orElse(null);
    if (old != null) {
      forget(old);
    }
    return old != null;
  }

  private void forget(StoredFingerprint old) {
    store.remove(old);
    index.remove(old.indexed());
  }
}
