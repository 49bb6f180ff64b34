package io.twinstream.ingest;

import java.util.Map;

/**
 * What a later run has to know of a place in a source, in the two maps that Connect keeps for it.
 *
 * @param partition names the place; texts only
 * @param offset what was there; texts, booleans and longs only, so that it equals what is read back
 */
public record Bookmark(Map<String, String> partition, Map<String, Object> offset) {
  /** In every partition: the source's name. */
  public static final String SOURCE = "source";

  public Bookmark {
    partition = Map.copyOf(partition);
    offset = Map.copyOf(offset);
  }
}
