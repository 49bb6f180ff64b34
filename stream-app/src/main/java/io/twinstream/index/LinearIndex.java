package io.twinstream.index;

import io.twinstream.schema.BinaryCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads every code at every search. Codes lie side by side in one array, ordered by position as
 * long as they are added so, and are compared word by word until they are too far apart.
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
    if (slot < 0 || distance(code, slot, 0) != 0) {
      throw new IllegalArgumentException("that code is not at position " + position);
    }
    size--;
    System.arraycopy(positions, slot + 1, positions, slot, size - slot);
    System.arraycopy(codes, (slot + 1) * words, codes, slot * words, (size - slot) * words);
  }

  @Override
  public Found search(List<BinaryCode> codes, int radius, long before, int limit) {
    codes.forEach(this::requireWidth);
    List<Neighbour> found = new ArrayList<>();
    long count = 0;
    for (int slot = 0; slot < size && positions[slot] < before; slot++) {
      int nearest = radius + 1;
      int asked = 0;
      for (int i = 0; i < codes.size(); i++) {
        int distance = distance(codes.get(i), slot, radius);
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

  /** The distance, or some distance above the bound as soon as that is sure. */
  private int distance(BinaryCode code, int slot, int bound) {
    int distance = 0;
    for (int i = 0; i < words && distance <= bound; i++) {
      distance += Long.bitCount(code.word(i) ^ codes[slot * words + i]);
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
