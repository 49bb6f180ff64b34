package io.twinstream.replay;

import io.twinstream.schema.FingerprintRecord;
import io.twinstream.schema.ImageKey;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What each of many radii would make of the images of a partition, from one search of each image at
 * the widest. What is connected at a radius is connected at all wider ones, so that most pairs are
 * looked at once and not once a radius. For one thread, but for {@link #look}.
 */
public final class Sweep {
  private final ReplayIndex images;
  private final int[] radii;
  private final DisjointSets[] connected;
  private final long[] duplicates;

  /**
   * Of images that are matched at the widest radius.
   *
   * @param radii rising, in bits
   */
  public Sweep(ReplayIndex images, List<Integer> radii) {
    this.images = images;
    this.radii = radii.stream().mapToInt(Integer::intValue).toArray();
    connected =
        radii.stream().map(_ -> new DisjointSets(images.size())).toArray(DisjointSets[]::new);
    duplicates = new long[radii.size()];
  }

  /**
   * What comes of a radius.
   *
   * @param radius in bits
   * @param duplicates how many images have one like them before them
   * @param groups how many groups of connected images there are
   * @param largest how many images the largest of them has; 1 if there is none
   */
  public record Point(int radius, long duplicates, long groups, long largest) {
    /** The same over other images that are not compared with these, too. */
    public Point plus(Point other) {
      return new Point(
          radius,
          duplicates + other.duplicates,
          groups + other.groups,
          Math.max(largest, other.largest));
    }
  }

  /**
   * Looks an image up, in any thread.
   *
   * @param reader that of the thread
   * @return of each that is like it its rank, then its distance in bits
   */
  public int[] look(ReplayIndex.Reader reader, ImageKey key, FingerprintRecord record) {
    IntStream.Builder near = IntStream.builder();
    reader.all(key, record, (position, distance) -> near.add(images.rank(position)).add(distance));
    return near.build().toArray();
  }

  /**
   * Takes what was found; each image once, in any order.
   *
   * @param near what {@link #look} has returned
   */
  public void take(FingerprintRecord record, int[] near) {
    int rank = images.rank(record.position());
    int nearest = Integer.MAX_VALUE;
    for (int at = 0; at < near.length; at += 2) {
      int distance = near[at + 1];
      nearest = Math.min(nearest, distance);
      int from = first(distance);
      while (from < radii.length && connected[from].join(rank, near[at])) {
        from++;
      }
    }
    int from = first(nearest);
    if (from < radii.length) {
      duplicates[from]++;
    }
  }

  /** The first radius that reaches so far. */
  private int first(int distance) {
    int at = Arrays.binarySearch(radii, distance);
    return at < 0 ? -at - 1 : at;
  }

  /** All radii, rising. */
  public List<Point> points() {
    long[] sums = duplicates.clone();
    Arrays.parallelPrefix(sums, Long::sum);
    return IntStream.range(0, radii.length)
        .mapToObj(
            at -> new Point(radii[at], sums[at], connected[at].groups(), connected[at].largest()))
        .toList();
  }
}
