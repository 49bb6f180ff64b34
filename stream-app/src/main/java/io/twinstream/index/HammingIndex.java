package io.twinstream.index;

import io.twinstream.schema.BinaryCode;
import java.util.List;

/**
 * A set of codes of one width, each at a position. Searches are exact: nothing within the radius is
 * missed. Confined to one thread.
 */
public interface HammingIndex {
  /**
   * Adds a code.
   *
   * @param position 0 or more, not in the set yet
   * @throws IllegalArgumentException if the width is not that of the index, or if that code is at
   *     that position already; whether another code is there need not be noticed
   */
  void add(BinaryCode code, long position);

  /**
   * Takes a code out.
   *
   * @throws IllegalArgumentException if the pair is not in the set
   */
  void remove(BinaryCode code, long position);

  /**
   * Whatever lies within the radius of any of some codes, such as those of one picture in all its
   * orientations.
   *
   * @param codes 1 to 65,535
   * @param radius the largest distance, in bits, 0 or more
   * @param before only lower positions count
   * @param limit how many are listed at most, those of the lowest positions; all are counted
   */
  Found search(List<BinaryCode> codes, int radius, long before, int limit);

  /**
   * Makes now what searches of a radius would have made bit by bit: after many codes were added,
   * say, and before the first search that must not take long.
   */
  void prepare(int radius);

  /**
   * The same set for one more thread, which may search it while others do, on its own thread alone.
   * It holds until this one is changed or {@linkplain #prepare prepared}, and can't be changed
   * itself; what was not prepared it does without.
   */
  HammingIndex reader();

  /** How many codes are in the set; equal codes at different positions are several. */
  int size();

  /** What is in the index and what it has done so far. */
  IndexStats stats();

  /**
   * Every code within the radius, none missed.
   *
   * @param radius the largest distance, in bits, 0 or more
   * @param before only lower positions count
   * @return by rising position
   */
  default List<Neighbour> within(BinaryCode code, int radius, long before) {
    return search(List.of(code), radius, before, Integer.MAX_VALUE).neighbours();
  }

  /**
   * What a search found.
   *
   * @param neighbours those of the lowest positions, by rising position
   * @param count how many there are, listed or not
   */
  record Found(List<Neighbour> neighbours, long count) {
    public Found {
      neighbours = List.copyOf(neighbours);
    }
  }

  /**
   * A code that was found.
   *
   * @param code the code itself
   * @param distance in bits, to the nearest of the codes that were looked for
   * @param asked which of these that was, the first of several; the first is 0
   */
  record Neighbour(long position, BinaryCode code, int distance, int asked) {
    /** One that was found by the only code that was looked for. */
    public Neighbour(long position, BinaryCode code, int distance) {
      this(position, code, distance, 0);
    }
  }
}
