package io.twinstream.index;

import io.twinstream.schema.BinaryCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads every code at every search: what {@link PackedIndex} is tested against, and what its speed
 * is told in ratios of. Codes lie side by side in one array, ordered by position.
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
    int end = Arrays.binarySearch(positions, 0, size, before);
    end = end < 0 ? -end - 1 : end;
    Hits hits = new Hits();
    for (int asked = 0; asked < codes.size(); asked++) {
      scan(Codes.wordsOf(codes.get(asked)), asked, radius, end, hits);
    }
    if (codes.size() > 1) {
      hits.keepNearest();
    }
    List<Neighbour> found = new ArrayList<>();
    for (int i = 0; i < Math.min(hits.size(), limit); i++) {
      int slot = hits.id(i);
      BinaryCode code = BinaryCode.ofWords(this.codes, slot * words, bits);
      found.add(new Neighbour(positions[slot], code, hits.distance(i), hits.asked(i)));
    }
    return new Found(found, hits.size());
  }

  // Written out for the common widths. To stop early costs more by wrong guesses than it spares.
  private void scan(long[] query, int asked, int radius, int end, Hits hits) {
    if (words == 4) {
      scanFour(query[0], query[1], query[2], query[3], asked, radius, end, hits);
      return;
    }
    if (words == 1) {
      scanOne(query[0], asked, radius, end, hits);
      return;
    }
    for (int slot = 0; slot < end; slot++) {
      int distance = distance(query, slot);
      if (distance <= radius) {
        hits.add(slot, distance, asked);
      }
    }
  }

  private void scanOne(long query, int asked, int radius, int end, Hits hits) {
    long[] all = codes;
    for (int slot = 0; slot < end; slot++) {
      int distance = Long.bitCount(all[slot] ^ query);
      if (distance <= radius) {
        hits.add(slot, distance, asked);
      }
    }
  }

  private void scanFour(
      long one, long two, long three, long four, int asked, int radius, int end, Hits hits) {
    long[] all = codes;
    for (int slot = 0, at = 0; slot < end; slot++, at += 4) {
      int distance =
          Long.bitCount(all[at] ^ one)
              + Long.bitCount(all[at + 1] ^ two)
              + Long.bitCount(all[at + 2] ^ three)
              + Long.bitCount(all[at + 3] ^ four);
      if (distance <= radius) {
        hits.add(slot, distance, asked);
      }
    }
  }

  @Override
  public void prepare(int radius) {
    // There is nothing to make.
  }

  @Override
  public HammingIndex reader() {
    // A search leaves nothing behind.
    return this;
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

  private int distance(long[] query, int slot) {
    int distance = 0;
    for (int i = 0; i < words; i++) {
      distance += Long.bitCount(codes[slot * words + i] ^ query[i]);
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
