package io.twinstream.match;

import io.twinstream.match.Search.Alike;
import io.twinstream.schema.BinaryCode;
import io.twinstream.schema.Match;
import io.twinstream.schema.Orientation;
import io.twinstream.schema.Threshold;
import io.twinstream.schema.Verdict.DuplicateFound;
import io.twinstream.schema.View;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Compares images with those of lower position in an index: the one rule of what is alike, which
 * live matching and replays share. Changes nothing. Confined to the thread that uses the index.
 */
public final class Comparison {
  private final Threshold threshold;
  private final Function<String, CollectionIndex> collections;
  private final Identities identities;

  /** Tells who is in the index. */
  @FunctionalInterface
  public interface Identities {
    /**
     * The image at a position.
     *
     * @param view of which part the hash is that was found
     * @param prefix the first 16 bits of that hash
     */
    Identity at(View view, int prefix, long position);
  }

  /**
   * What is alike.
   *
   * @param matches those of lowest position, in order, as many as a verdict lists
   * @param count how many there are, as {@link Judgement#matchCount} counts
   */
  public record Likes(List<Match> matches, long count) {
    public Likes {
      matches = List.copyOf(matches);
    }
  }

  /** Takes all that is alike, one after the other. */
  @FunctionalInterface
  public interface Taker {
    /** Takes an image and how far it is in the way in which it is nearest, in bits. */
    void take(long position, int distance);
  }

  /** Over an index, by a threshold. */
  public Comparison(Threshold threshold, ImageIndex index, Identities identities) {
    this(threshold, index::of, identities);
  }

  private Comparison(
      Threshold threshold, Function<String, CollectionIndex> collections, Identities identities) {
    this.threshold = threshold;
    this.collections = collections;
    this.identities = identities;
  }

  /**
   * The same for one more thread, which may compare while others do. It holds until the index is
   * changed.
   */
  public Comparison reader() {
    Map<String, CollectionIndex> readers = new HashMap<>();
    return new Comparison(
        threshold,
        name -> readers.computeIfAbsent(name, it -> collections.apply(it).reader()),
        identities);
  }

  /**
   * Finds what is alike in any of the ways, each with the way in which it is most alike.
   *
   * @param turned the codes of the whole picture turned and mirrored
   */
  public Likes likes(StoredFingerprint current, Map<Orientation, BinaryCode> turned) {
    Search search = search(current, turned, Search.LISTED);
    return new Likes(
        search.found().stream()
            .limit(DuplicateFound.MAX_MATCHES)
            .map(one -> match(current, one))
            .toList(),
        search.count());
  }

  /** Hands over everything that is alike, however much that is, by rising position. */
  public void all(StoredFingerprint current, Map<Orientation, BinaryCode> turned, Taker taker) {
    search(current, turned, Integer.MAX_VALUE)
        .found()
        .forEach(one -> taker.take(one.position(), one.distance()));
  }

  private Search search(
      StoredFingerprint current, Map<Orientation, BinaryCode> turned, int listed) {
    Search search = new Search(threshold.radius(), current.position(), listed);
    CollectionIndex collection = collections.apply(current.key().collection());
    if (current.featureless()) {
      search.among(collection.featureless(), current.indexed());
    } else {
      current.codes().forEach(search::look);
      turned.forEach(search::look);
      search.among(collection);
    }
    return search;
  }

  private Match match(StoredFingerprint current, Alike alike) {
    Identity other = identities.at(alike.matchedView(), alike.prefix(), alike.position());
    return new Match(
        other.key().id(),
        alike.position(),
        current.identity().isExact(other) ? Match.Kind.EXACT : Match.Kind.NEAR,
        threshold.algorithm(),
        alike.distance(),
        1 - (double) alike.distance() / current.code().bits(),
        alike.orientation(),
        alike.view(),
        alike.matchedView());
  }
}
