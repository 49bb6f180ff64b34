package io.twinstream.topology;

import io.twinstream.index.HammingIndex;
import io.twinstream.index.IndexStats;
import io.twinstream.index.PackedIndex;
import io.twinstream.schema.BinaryCode;
import java.util.List;
import java.util.function.IntFunction;

/** Indexes that break down when a test says so, and take the task of the matcher with them. */
final class BrittleIndexes implements IntFunction<HammingIndex> {
  static final String MESSAGE = "the index has broken down";

  private int left;

  /**
   * Lets a later use of any of them fail.
   *
   * @param uses which: 1 is the next one
   */
  void breakAfter(int uses) {
    left = uses;
  }

  /** From now on they work. */
  void mend() {
    left = 0;
  }

  @Override
  public HammingIndex apply(int bits) {
    return new Brittle(new PackedIndex(bits));
  }

  private void use() {
    if (left > 0 && --left == 0) {
      throw new IllegalStateException(MESSAGE);
    }
  }

  private final class Brittle implements HammingIndex {
    private final HammingIndex index;

    private Brittle(HammingIndex index) {
      this.index = index;
    }

    @Override
    public void add(BinaryCode code, long position) {
      use();
      index.add(code, position);
    }

    @Override
    public void remove(BinaryCode code, long position) {
      use();
      index.remove(code, position);
    }

    @Override
    public Found search(List<BinaryCode> codes, int radius, long before, int limit) {
      use();
      return index.search(codes, radius, before, limit);
    }

    @Override
    public void prepare(int radius) {
      index.prepare(radius);
    }

    @Override
    public HammingIndex reader() {
      return new Brittle(index.reader());
    }

    @Override
    public int size() {
      return index.size();
    }

    @Override
    public IndexStats stats() {
      return index.stats();
    }
  }
}
