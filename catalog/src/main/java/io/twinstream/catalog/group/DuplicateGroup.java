package io.twinstream.catalog.group;

import io.twinstream.catalog.ImageRow;
import io.twinstream.schema.Match;
import io.twinstream.schema.Orientation;
import java.util.List;

/**
 * Images that are alike.
 *
 * @param number 1 and up, in the order of the originals
 * @param original the member of lowest position
 * @param members all, the original first, then by position
 */
public record DuplicateGroup(int number, ImageRow original, List<Member> members) {
  public DuplicateGroup {
    members = List.copyOf(members);
  }

  /**
   * An image of the group.
   *
   * @param kind how it is like the original; null for the original itself
   * @param distance of its perceptual hash from the original's, in bits
   * @param similarity 1 − distance / bits
   * @param orientation what has to be done to it so that it looks like the original
   */
  public record Member(
      ImageRow row, Match.Kind kind, int distance, double similarity, Orientation orientation) {}
}
