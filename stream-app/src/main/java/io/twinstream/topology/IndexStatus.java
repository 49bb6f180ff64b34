package io.twinstream.topology;

import io.twinstream.index.IndexStats;
import io.twinstream.schema.View;
import java.time.Duration;
import java.util.Map;

/**
 * How the index of a partition is.
 *
 * @param radius within which is matched, in bits
 * @param images in it
 * @param featureless of these, those that are found by their bytes or pixels alone: they are in
 *     none of the views
 * @param collections that these are of
 * @param views for each part of pictures, what finds it
 * @param buildTime how long it took to build it when its task came here
 */
public record IndexStatus(
    int radius,
    long images,
    long featureless,
    int collections,
    Map<View, IndexStats> views,
    Duration buildTime) {
  public IndexStatus {
    views = Map.copyOf(views);
  }

  /** All parts together. */
  public IndexStats total() {
    return views.values().stream().reduce(IndexStats.NONE, IndexStats::plus);
  }
}
