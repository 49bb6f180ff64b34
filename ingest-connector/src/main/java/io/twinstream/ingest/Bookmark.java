package io.twinstream.ingest;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a later run has to know of a place in a source, in the two maps that Connect keeps for it.
 *
 * @param partition names the place; texts only. Connect finds it again by its bytes, so its entries
 *     are kept in one order
 * @param offset what was there; texts, booleans and longs only, so that it equals what is read back
 */
public record Bookmark(Map<String, String> partition, Map<String, Object> offset) {
  /** In every partition: the source's name. */
  public static final String SOURCE = "source";

  public Bookmark {
    partition = inOrder(partition);
    offset = Map.copyOf(offset);
  }

  /**
   * A partition as it must be given to Connect. Maps of {@link Map#of} have another order in each
   * process, and what one process wrote the next would not find. Connect itself reads partitions
   * into hash maps before it writes altered and removed ones, so theirs is the order.
   */
  public static Map<String, String> inOrder(Map<String, String> partition) {
    // One by one: a map that is filled at once gets a smaller table, and so another order.
    Map<String, String> ordered = new HashMap<>();
    new TreeMap<>(partition).forEach(ordered::put);
    return Collections.unmodifiableMap(ordered);
  }
}
