package io.twinstream.match;

import io.twinstream.schema.View;
import java.util.List;

/**
 * What a hash was found to be near to.
 *
 * @param hits those of the lowest positions, by rising position
 * @param count how many there are, listed or not; with more than {@value Search#LISTED} of them, at
 *     least so many
 * @param searched among how many images
 * @param radius within which was searched, in bits
 */
public record Lookup(List<Hit> hits, long count, long searched, int radius) {
  /** In place of a radius: that by which images are matched. */
  public static final int AS_MATCHED = -1;

  public Lookup {
    hits = List.copyOf(hits);
  }

  /**
   * An image.
   *
   * @param distance in bits
   * @param view the part of it whose hash is so near
   */
  public record Hit(String id, long position, int distance, View view) {}
}
