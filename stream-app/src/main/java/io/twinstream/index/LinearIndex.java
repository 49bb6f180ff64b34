package io.twinstream.index;

import io.twinstream.schema.BinaryCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads every code at every search: what {@link PackedIndex} is tested against, and what its speed is
 * told in ratios of. Codes lie side by side in one array, ordered by position.
 */
public final class LinearIndex implements HammingIndex {
  private final int bits;
  private final int words;
  private long[] codes;
  private long[] positions;
  private int size;

  /**
   * An empty index.
   *
   * @param bits the width of its codes
   */
  public LinearIndex(int bits) {
    this.bits = bits;
    this.words = (bits + 63) / 64;
    this.codes = new long[16 * words];
    this.positions = new long[16];
  }

  @Override
  public void add(BinaryCode code, long position) {
    requireWidth(code);
    int at = Arrays.binarySearch(positions, 0, size, position);
    if (at >= 0) {
      throw new IllegalArgumentException("position " + position + " is taken");
    }
    int slot = -at - 1;
    if (size == positions.length) {
      positions = Arrays.copyOf(positions, 2 * size);
      codes = Arrays.copyOf(codes, 2 * size * words);
    }
    System.arraycopy(positions, slot, positions, slot + 1, size - slot);
    System.arraycopy(codes, slot * words, codes, (slot + 1) * words, (size - slot) * words);
    positions[slot] = position;
    for (int i = 0; i < words; i++) {
      codes[slot * words + i] = code.word(i);
    }
    size++;
  }

  @Override
  public void remove(BinaryCode code, long position) {
    requireWidth(code);
    int slot = Arrays.binarySearch(positions, 0, size, position);
    if (slot < 0 || distance(Codes.wordsOf(code), slot) != 0) {
      throw new IllegalArgumentException("that code is not at position " + position);
    }
    size--;
    System.arraycopy(positions, slot + 1, positions, slot, size - slot);
    System.arraycopy(codes, (slot + 1) * words, codes, slot * words, (size - slot) * words);
  }

  @Override
  public Found search(List<BinaryCode> codes, int radius, long before, int limit) {
    codes.forEach(this::requireWidth);
    long[][] queries = codes.stream().map(Codes::wordsOf).toArray(long[][]::new);
    List<Neighbour> found = new ArrayList<>();
    long count = 0;
    for (int slot = 0; slot < size && positions[slot] < before; slot++) {
      int nearest = radius + 1;
      int asked = 0;
      for (int i = 0; i < queries.length; i++) {
        int distance = distance(queries[i], slot);
        if (distance < nearest) {
          nearest = distance;
          asked = i;
        }
      }
      if (nearest <= radius && count++ < limit) {
        BinaryCode code = BinaryCode.ofWords(this.codes, slot * words, bits);
        found.add(new Neighbour(positions[slot], code, nearest, asked));
      }
    }
    return new Found(found, count);
  }

  @Override
  public IndexStats stats() {
    long bytes = 8L * codes.length + 8L * positions.length;
    return new IndexStats(size, size, 0, bytes, "a list of all codes", 0, 0, 0, 0, 0);
  }

  @Override
  public int size() {
    return size;
  }

  // Written out for the common width; stopping early would cost more by wrong guesses than it spares.
  private int distance(long[] query, int slot) {
    int at = slot * words;
    if (words == 4) {
      return Long.bitCount(codes[at] ^ query[0])
          + Long.bitCount(codes[at + 1] ^ query[1])
          + Long.bitCount(codes[at + 2] ^ query[2])
          + Long.bitCount(codes[at + 3] ^ query[3]);
    }
    int distance = 0;
    for (int i = 0; i < words; i++) {
      distance += Long.bitCount(codes[at + i] ^ query[i]);
    }
    return distance;
  }

  private void requireWidth(BinaryCode code) {
    if (code.bits() != bits) {
      throw new IllegalArgumentException(
          "a code of %d bits in an index of %d".formatted(code.bits(), bits));
    }
  }
}
