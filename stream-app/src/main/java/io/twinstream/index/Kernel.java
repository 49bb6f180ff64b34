package io.twinstream.index;

/** The two loops that take all the time. Implementations differ in speed alone. */
sealed interface Kernel permits ScalarKernel, VectorKernel {
  /**
   * Looks into some buckets of a table.
   *
   * @param left the key that the table is sorted by
   * @param masks which keys are near it, by exclusive or
   * @param from the first mask
   * @param to one more than the last
   * @param right the rest that lies beside the key
   * @param limit how many bits of the rest may differ
   * @param found takes the numbers of the codes
   * @return how many entries were compared
   */
  int probe(
      Table table, int left, int[] masks, int from, int to, int right, int limit, Ids found);

  /**
   * Compares codes as {@link Codes} lays them out.
   *
   * @param codes eight side by side
   * @param count how many there are
   * @param first the number of the first
   */
  void scan(long[] codes, int count, long[] query, int radius, int first, Hits found);

  /** What it costs, in nanoseconds. */
  CostModel costs();

  /** The vectorised one where the virtual machine has been given its module, else the other. */
  static Kernel best() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
            && VectorKernel.isFast()
        ? new VectorKernel()
        : new ScalarKernel();
  }
}
