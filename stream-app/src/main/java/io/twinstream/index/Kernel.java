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
  int probe(Table table, int left, int[] masks, int from, int to, int right, int limit, Ids found);

  /**
   * Compares codes as {@link Codes} lays them out, each with all that are looked for.
   *
   * @param block how many codes a block has
   * @param from the first of them, a multiple of eight
   * @param to one more than the last
   * @param base the number of the code at 0
   */
  void scan(
      long[] codes,
      int block,
      int from,
      int to,
      long[][] queries,
      int radius,
      int base,
      Hits found);

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
