package io.twinstream.catalog.group;

import io.twinstream.catalog.ImageRow;
import io.twinstream.catalog.group.DuplicateGroup.Member;
import io.twinstream.schema.Codes;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.Likeness;
import io.twinstream.schema.Match;
import io.twinstream.schema.Orientation;
import io.twinstream.schema.Threshold;
import io.twinstream.schema.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Finds groups: images that are connected by matches, split where the ends of a chain are not
 * alike.
 *
 * <p>The splitting: in order of position, an image that is more than two radii from every centre so
 * far becomes a centre itself (Gonzalez, "Clustering to minimize the maximum intercluster
 * distance", 1985); then each image joins the nearest centre. By the triangle inequality no image
 * is left alone: what matches a centre directly lies within one radius of it and beyond one of all
 * others. (Where the radius was changed, the largest one that was used among them is meant.)
 */
public final class Grouping {
  private final Map<Place, Integer> numbers = new HashMap<>();
  private final List<Picture> pictures = new ArrayList<>();
  private int[] parents = new int[0];

  private Grouping() {}

  /** An image that has a place, and so can match. */
  private record Picture(
      ImageRow row,
      long position,
      Fingerprint fingerprint,
      Threshold threshold,
      List<Match> matches) {
    private Codes codes() {
      return fingerprint.codes(threshold.algorithm()).orElseThrow();
    }

    private int distance(Picture other) {
      return likeness(other).distance();
    }

    /** In the way in which they are most alike, of those that fingerprints have. */
    private Way likeness(Picture other) {
      Codes one = codes();
      Codes two = other.codes();
      Likeness there = one.nearest(two);
      Likeness back = two.nearest(one);
      return there.distance() <= back.distance()
          ? new Way(there.distance(), there.orientation())
          : new Way(back.distance(), back.orientation().inverse());
    }

    private Place place() {
      return new Place(row.image().collection(), position);
    }
  }

  /**
   * How far a picture is from another one.
   *
   * @param orientation what is done to the first
   */
  private record Way(int distance, Orientation orientation) {}

  private record Place(String collection, long position) {}

  /**
   * The groups among the images.
   *
   * @param images the latest event of each; those without a fingerprint are passed over
   */
  public static List<DuplicateGroup> of(Collection<ImageRow> images) {
    Grouping grouping = new Grouping();
    images.forEach(grouping::add);
    grouping.connect();
    return grouping.groups();
  }

  private void add(ImageRow row) {
    switch (row.verdict()) {
      case Verdict.Unique verdict ->
          pictures.add(
              new Picture(
                  row,
                  verdict.position(),
                  verdict.fingerprint(),
                  verdict.thresholds().getFirst(),
                  List.of()));
      case Verdict.DuplicateFound verdict ->
          pictures.add(
              new Picture(
                  row,
                  verdict.position(),
                  verdict.fingerprint(),
                  verdict.thresholds().getFirst(),
                  verdict.matches()));
      case Verdict.DownloadFailed verdict -> {}
      case null -> {}
    }
  }

  private void connect() {
    pictures.sort(
        Comparator.comparing((Picture picture) -> picture.row().image().collection())
            .thenComparingLong(Picture::position));
    parents = new int[pictures.size()];
    for (int i = 0; i < parents.length; i++) {
      parents[i] = i;
      numbers.put(pictures.get(i).place(), i);
    }
    for (int i = 0; i < parents.length; i++) {
      Picture picture = pictures.get(i);
      for (Match match : picture.matches()) {
        // A match that has left since, or was replaced, has no such place any more.
        Integer other =
            numbers.get(new Place(picture.row().image().collection(), match.position()));
        if (other != null) {
          parents[rootOf(i)] = rootOf(other);
        }
      }
    }
  }

  private int rootOf(int number) {
    int root = number;
    while (parents[root] != root) {
      parents[root] = parents[parents[root]];
      root = parents[root];
    }
    return root;
  }

  private List<DuplicateGroup> groups() {
    Map<Integer, List<Picture>> connected = new LinkedHashMap<>();
    for (int i = 0; i < parents.length; i++) {
      connected.computeIfAbsent(rootOf(i), root -> new ArrayList<>()).add(pictures.get(i));
    }
    Map<Integer, List<Picture>> byOriginal = new TreeMap<>();
    for (List<Picture> component : connected.values()) {
      if (component.size() > 1) {
        for (List<Picture> group : split(component)) {
          byOriginal.put(numbers.get(group.getFirst().place()), group);
        }
      }
    }
    List<DuplicateGroup> groups = new ArrayList<>();
    byOriginal.values().forEach(group -> groups.add(group(groups.size() + 1, group)));
    return groups;
  }

  private static List<List<Picture>> split(List<Picture> component) {
    // The largest radius, since matches may have been judged by several.
    int reach =
        2
            * component.stream()
                .mapToInt(picture -> picture.threshold().radius())
                .max()
                .orElseThrow();
    List<Picture> centres = new ArrayList<>();
    for (Picture picture : component) {
      if (centres.stream().noneMatch(centre -> centre.distance(picture) <= reach)) {
        centres.add(picture);
      }
    }
    List<List<Picture>> groups = new ArrayList<>();
    centres.forEach(centre -> groups.add(new ArrayList<>()));
    for (Picture picture : component) {
      int nearest =
          IntStream.range(0, centres.size())
              .boxed()
              .min(Comparator.comparingInt(number -> picture.distance(centres.get(number))))
              .orElseThrow();
      groups.get(nearest).add(picture);
    }
    return groups;
  }

  private static DuplicateGroup group(int number, List<Picture> pictures) {
    Picture original = pictures.getFirst();
    List<Member> members = new ArrayList<>();
    for (Picture picture : pictures) {
      Way way = picture.likeness(original);
      members.add(
          new Member(
              picture.row(),
              members.isEmpty() ? null : kind(picture, original),
              way.distance(),
              1 - (double) way.distance() / original.codes().whole().bits(),
              way.orientation()));
    }
    return new DuplicateGroup(number, original.row(), members);
  }

  private static Match.Kind kind(Picture picture, Picture original) {
    Fingerprint one = picture.fingerprint();
    Fingerprint other = original.fingerprint();
    boolean exact =
        one.sha256().equals(other.sha256())
            || (!one.pixelsSha256().isEmpty() && one.pixelsSha256().equals(other.pixelsSha256()));
    return exact ? Match.Kind.EXACT : Match.Kind.NEAR;
  }
}
