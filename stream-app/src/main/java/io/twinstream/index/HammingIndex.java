package io.twinstream.index;

import io.twinstream.schema.BinaryCode;
import java.util.List;

/** A set of codes of one width, each at a position. Confined to one thread. */
public interface HammingIndex {
  /**
   * Adds a code.
   *
   * @param position 0 or more, not in the set yet
   * @throws IllegalArgumentException if the width is not that of the index
   */
  void add(BinaryCode code, long position);

  /**
   * Takes a code out.
   *
   * @throws IllegalArgumentException if the pair is not in the set
   */
  void remove(BinaryCode code, long position);

  /**
   * Every code within the radius, none missed.
   *
   * @param radius the largest distance, in bits, 0 or more
   * @param before only lower positions count
   * @return by rising position
   */
  List<Neighbour> within(BinaryCode code, int radius, long before);

  /** How many codes are in the set. */
  int size();

  /**
   * A code that was found.
   *
   * @param code the code itself
   * @param distance in bits
   */
  record Neighbour(long position, BinaryCode code, int distance) {}
}
