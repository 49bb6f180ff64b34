package io.twinstream.index;

import java.util.Arrays;

/** Numbers of codes in a row. */
final class Ids {
  private int[] ids = new int[256];
  private int size;
  private int touched;

  void add(int id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, 2 * size);
    }
    ids[size++] = id;
  }

  int get(int index) {
    return ids[index];
  }

  int size() {
    return size;
  }

  /** Takes what must not be optimised away, and does nothing else with it. */
  void touch(int value) {
    touched += value;
  }

  int touched() {
    return touched;
  }

  void clear() {
    size = 0;
  }
}
