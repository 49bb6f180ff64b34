package io.twinstream.catalog;

import io.twinstream.schema.EventId;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.Verdict;
import java.time.Instant;
import java.util.Comparator;

/**
 * An image event and what became of it.
 *
 * @param event which one
 * @param at when it was handed in, by the clock of the broker
 * @param origin where it was handed in
 * @param image what it says
 * @param verdict null as long as there is none
 */
public record ImageRow(
    EventId event, Instant at, Origin origin, ImageMetadata image, Verdict verdict) {
  /** By the place of the event in its topic. */
  public static final Comparator<ImageRow> IN_ORDER =
      Comparator.comparingInt((ImageRow row) -> row.event().partition())
          .thenComparingLong(row -> row.event().offset());

  ImageRow judged(Verdict newVerdict) {
    return new ImageRow(event, at, origin, image, newVerdict);
  }

  /**
   * Where an image was handed in.
   *
   * @param source the connector's source name; empty for other producers
   * @param place the row number or the path within the source; the image key for other producers
   */
  public record Origin(String source, String place) {}
}
