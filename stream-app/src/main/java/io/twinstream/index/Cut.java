package io.twinstream.index;

import java.util.ArrayList;
import java.util.List;

/**
 * How a code is cut: into parts of at most 32 bits, and each part into two halves. Each half is the
 * key of one table, in which the other half lies beside it.
 *
 * @param offset the first bit of the key
 * @param width how many bits the key has, at most {@value #MAX_WIDTH}
 * @param restOffset the first bit of the other half
 * @param restWidth how many bits that has
 * @param part the number of the part
 */
record Cut(int offset, int width, int restOffset, int restWidth, int part) {
  /** The widest half, in bits. */
  static final int MAX_WIDTH = 16;

  /** The cuts of codes of one width, the two of a part one after the other. */
  static List<Cut> of(int bits) {
    int parts = (bits + 2 * MAX_WIDTH - 1) / (2 * MAX_WIDTH);
    List<Cut> cuts = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      int from = part * bits / parts;
      int to = (part + 1) * bits / parts;
      int middle = (from + to + 1) / 2;
      cuts.add(new Cut(from, middle - from, middle, to - middle, part));
      cuts.add(new Cut(middle, to - middle, from, middle - from, part));
    }
    return List.copyOf(cuts);
  }

  int key(long[] code) {
    return Codes.bits(code, offset, width);
  }

  int rest(long[] code) {
    return Codes.bits(code, restOffset, restWidth);
  }
}
