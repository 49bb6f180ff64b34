package io.twinstream.match;

import io.twinstream.index.HammingIndex;
import io.twinstream.index.HammingIndex.Neighbour;
import io.twinstream.match.Search.Alike;
import io.twinstream.schema.BinaryCode;
import io.twinstream.schema.Codes;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.Match;
import io.twinstream.schema.Orientation;
import io.twinstream.schema.Threshold;
import io.twinstream.schema.Verdict.DuplicateFound;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Judges the images of one partition, one at a time, each against exactly the lower positions of
 * its collection that are still there. Confined to one thread. After an exception store and index
 * may differ, and the matcher must not be used again.
 */
public final class Matcher {
  private final MatchSettings settings;
  private final FingerprintStore store;
  private final IntFunction<HammingIndex> newIndex;
  private final Map<String, CollectionIndex> collections = new HashMap<>();

  /**
   * Reads the store once, to build the index over it.
   *
   * @param newIndex makes an empty index for codes of the given width in bits
   */
  public Matcher(
      MatchSettings settings, FingerprintStore store, IntFunction<HammingIndex> newIndex) {
    this.settings = settings;
    this.store = store;
    this.newIndex = newIndex;
    // In the order of positions, in which an index grows at its end.
    List<StoredFingerprint> all = new ArrayList<>();
    store.forEach(all::add);
    all.sort(Comparator.comparingLong(StoredFingerprint::position));
    all.forEach(stored -> collectionOf(stored).add(stored));
  }

  /** What counts as alike. */
  public Threshold threshold() {
    return settings.threshold();
  }

  /** How many images of a collection there are. */
  public long size(String collection) {
    CollectionIndex index = collections.get(collection);
    return index == null ? 0 : index.size();
  }

  /**
   * Judges an image. With the same bytes as before it keeps its place, and its old fingerprint too,
   * unless the new one has more in it; with others the old fingerprint leaves and it gets a new
   * place.
   *
   * @throws IllegalArgumentException if the fingerprint lacks the hash that is matched by
   */
  public Judgement judge(ImageKey key, Fingerprint fingerprint) {
    Codes codes =
        fingerprint
            .codes(threshold().algorithm())
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "the fingerprint of %s has no %s".formatted(key, threshold().algorithm())))
            .only(settings.orientations().ways(), settings.views().parts());
    StoredFingerprint old = store.find(key).orElse(null);
    boolean same = old != null && old.sha256().equals(fingerprint.sha256());
    StoredFingerprint made =
        new StoredFingerprint(
            key,
            same ? old.position() : store.nextPosition(),
            fingerprint.sha256(),
            fingerprint.pixelsSha256(),
            fingerprint.isFeatureless(),
            codes.upright(),
            FingerprintParts.of(fingerprint, threshold().algorithm()));
    boolean keepsOld = same && !old.lacksOf(made);
    if (old != null && !keepsOld) {
      forget(old);
    }
    StoredFingerprint current = keepsOld ? old : made;
    Collection<Alike> alike = alike(current, codes.turned());
    if (!keepsOld) {
      store.put(current);
      collectionOf(current).add(current);
    }
    return new Judgement(
        current.position(),
        !keepsOld,
        alike.stream().limit(DuplicateFound.MAX_MATCHES).map(one -> match(current, one)).toList(),
        alike.size());
  }

  /**
   * What is alike in any of the ways, each with the way in which it is most alike.
   *
   * @return by rising position
   */
  private Collection<Alike> alike(StoredFingerprint current, Map<Orientation, BinaryCode> turned) {
    Search search = new Search(current, threshold().radius());
    current.codes().forEach(search::look);
    turned.forEach(search::look);
    return search.in(collectionOf(current));
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
    collectionOf(old).remove(old);
  }

  private Match match(StoredFingerprint current, Alike alike) {
    Neighbour neighbour = alike.neighbour();
    StoredFingerprint other = store.at(alike.matchedView(), neighbour.code(), neighbour.position());
    return new Match(
        other.key().id(),
        neighbour.position(),
        current.isExact(other) ? Match.Kind.EXACT : Match.Kind.NEAR,
        threshold().algorithm(),
        neighbour.distance(),
        1 - (double) neighbour.distance() / current.code().bits(),
        alike.orientation(),
        alike.view(),
        alike.matchedView());
  }

  private CollectionIndex collectionOf(StoredFingerprint stored) {
    return collections.computeIfAbsent(
        stored.key().collection(), _ -> new CollectionIndex(newIndex));
  }
}
