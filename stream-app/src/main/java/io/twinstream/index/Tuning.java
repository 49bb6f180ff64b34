package io.twinstream.index;

/**
 * Sizes that change how fast an index is, never what it answers.
 *
 * @param segmentCodes how many different codes a segment takes, at most 2^24
 * @param sliceCodes from how many on tables may be made at all
 * @param leastTail how many new codes are gathered at least before they go into tables
 * @param tailShare how many times larger the index is than its tail
 * @param mostTail how many are gathered at most
 * @param sharedWords from how many words on, times the codes that are looked for, a scan is shared
 *     with the other processors
 * @param smallCosts what the loops cost among less than {@code sliceCodes}
 * @param largeCosts what they cost among more
 * @param small the loops among less than {@code sliceCodes}, where starting up the faster ones does
 *     not pay
 * @param large the loops for all others
 */
record Tuning(
    int segmentCodes,
    int sliceCodes,
    int leastTail,
    int tailShare,
    int mostTail,
    long sharedWords,
    CostModel smallCosts,
    CostModel largeCosts,
    Kernel small,
    Kernel large) {
  /** Less takes less than a quarter of a millisecond. */
  private static final long SHARED_WORDS = 1 << 20;

  static Tuning standard(Kernel large) {
    Kernel small = new ScalarKernel();
    return new Tuning(
        Table.MAX_IDS,
        16_384,
        8192,
        256,
        16_384,
        SHARED_WORDS,
        small.costs(),
        large.costs(),
        small,
        large);
  }

  /** All on the thread that searches. */
  Tuning onOneThread() {
    return new Tuning(
        segmentCodes,
        sliceCodes,
        leastTail,
        tailShare,
        mostTail,
        Long.MAX_VALUE,
        smallCosts,
        largeCosts,
        small,
        large);
  }

  Kernel kernel(int codes) {
    return codes < sliceCodes ? small : large;
  }

  CostModel costs(int codes) {
    return codes < sliceCodes ? smallCosts : largeCosts;
  }

  int tail(int codes) {
    return Math.clamp(codes / tailShare, leastTail, mostTail);
  }
}
