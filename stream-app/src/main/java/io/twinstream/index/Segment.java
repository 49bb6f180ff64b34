package io.twinstream.index;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** As many codes as fit the numbers of a table, with all that finds them. */
final class Segment {
  // As many buckets as can be read ahead of all slices before the first is looked into.
  private static final int FEW_PROBES = 512;

  // More than there are processors as a rule, so that one that is late has little left to do.
  private static final int SHARES = 16;

  private final int bits;
  private final List<Cut> cuts;
  private final Tuning tuning;
  private final Codes codes;
  private final Positions positions;
  private final CodeMap map;
  private final boolean makesTables;
  private final Ids candidates = new Ids();
  private final BitSet free = new BitSet();
  private final Counters counters;
  // Nothing but codes, until a search asks for what tables find faster.
  private Slices slices;
  private Plan plan;
  private int numbers;
  private int alive;

  Segment(int bits, List<Cut> cuts, Tuning tuning, Counters counters) {
    this.bits = bits;
    this.cuts = cuts;
    this.tuning = tuning;
    this.counters = counters;
    this.codes = new Codes(bits);
    this.positions = new Positions();
    this.map = new CodeMap(codes);
    this.makesTables = true;
  }

  private Segment(Segment of, Tuning tuning, Counters counters) {
    this.bits = of.bits;
    this.cuts = of.cuts;
    this.tuning = tuning;
    this.counters = counters;
    this.codes = of.codes;
    this.positions = of.positions;
    this.map = of.map;
    this.makesTables = false;
    this.slices = of.slices;
    this.plan = of.plan;
    this.numbers = of.numbers;
    this.alive = of.alive;
  }

  /** The same for one more thread, as long as this one is left as it is. */
  Segment reader(Tuning ofReader, Counters own) {
    return new Segment(this, ofReader, own);
  }

  /** How many different codes are there. */
  int size() {
    return alive;
  }

  /** Whether no other code can be added, for now at least. */
  boolean isFull() {
    return numbers == tuning.segmentCodes()
        && (slices == null ? free.isEmpty() : !slices.canReuse());
  }

  /** The number of a code, or -1. */
  int find(long[] code) {
    return map.find(code);
  }

  /** Adds a code that is not there, if the segment is not full. */
  void add(long[] code, long position) {
    int id = newNumber();
    codes.set(id, code);
    positions.put(id, position);
    map.add(id);
    alive++;
    if (slices != null) {
      slices.makeOne();
      slices.add(id, code, alive);
    }
  }

  private int newNumber() {
    int id = slices == null ? free.nextSetBit(0) : slices.reuse();
    if (id < 0) {
      return numbers++;
    }
    free.clear(id);
    return id;
  }

  /**
   * Takes a position from a code.
   *
   * @return whether it was there
   */
  boolean remove(int id, long position) {
    boolean found = positions.remove(id, position);
    if (!positions.isAlive(id)) {
      map.remove(id);
      alive--;
      if (slices == null) {
        free.set(id);
      } else {
        slices.died(id, alive);
      }
    }
    return found;
  }

  /** Collects what is within the radius, and it may be some that are not alive. */
  void search(long[][] queries, int radius, Hits hits) {
    if (radius == 0) {
      findEqual(queries, hits);
      return;
    }
    Kernel kernel = tuning.kernel(numbers);
    if (makeOne(radius, queries.length) && slices.isReady() && isWorthProbing(queries.length)) {
      int asked = 0;
      while (asked < queries.length && probe(kernel, queries[asked], asked, hits)) {
        asked++;
      }
      if (asked == queries.length) {
        slices.tail().scan(kernel, queries, radius, hits);
        return;
      }
    }
    counters.scans += queries.length;
    if ((double) numbers * codes.words() * queries.length < tuning.sharedWords()) {
      codes.scan(kernel, 0, numbers, queries, radius, hits);
    } else {
      scanTogether(kernel, queries, radius, hits);
    }
  }

  private void findEqual(long[][] queries, Hits hits) {
    for (int asked = 0; asked < queries.length; asked++) {
      int id = map.find(queries[asked]);
      if (id >= 0) {
        hits.add(id, 0, asked);
      }
    }
  }

  /** Shares the codes among the processors, this thread being one of them. */
  private void scanTogether(Kernel kernel, long[][] queries, int radius, Hits hits) {
    int step = Codes.CHUNK * Math.max(1, numbers / Codes.CHUNK / SHARES);
    IntStream.range(0, (numbers + step - 1) / step)
        .parallel()
        .mapToObj(share -> {
          Hits found = new Hits();
          int from = share * step;
          codes.scan(kernel, from, Math.min(from + step, numbers), queries, radius, found);
          return found;
        })
        .forEachOrdered(hits::addAll);
  }

  /**
   * Has tables made, a slice a call, if they are worth it for that radius; says if there are any.
   */
  private boolean makeOne(int radius, int batch) {
    if (plan == null || plan.radius() != radius) {
      plan = new Plan(cuts, radius);
    }
    if (!makesTables) {
      return slices != null;
    }
    if (slices == null && numbers >= tuning.sliceCodes() && isWorthProbing(batch)) {
      slices = new Slices(bits, cuts, codes, tuning, numbers, free);
      free.clear();
    }
    if (slices != null) {
      slices.makeOne();
    }
    return slices != null;
  }

  /** Makes all tables that searches of this radius would ask for, however long that takes. */
  void prepare(int radius) {
    if (radius > 0 && makeOne(radius, 1)) {
      slices.makeAll(tuning.sharedWords() < Long.MAX_VALUE);
    }
  }

  private boolean isWorthProbing(int batch) {
    return tuning.costs(numbers).ofProbing(plan, numbers) < costOfScanning(batch);
  }

  private double costOfScanning(int batch) {
    return tuning.costs(numbers).ofScanning((bits + 63) / 64, numbers, batch);
  }

  /**
   * Whether it was done: where codes crowd, to read everything is no worse, and is left to that.
   */
  private boolean probe(Kernel kernel, long[] query, int asked, Hits hits) {
    candidates.clear();
    if (plan.probes() < FEW_PROBES) {
      for (int i = 0; i < cuts.size(); i++) {
        slices.get(i).touch(query, plan.key(i), candidates);
      }
    }
    long entries = 0;
    for (int i = 0; i < cuts.size(); i++) {
      entries += slices.get(i).probe(kernel, query, plan.part(i), plan.key(i), candidates);
      if (tuning.costs(numbers).ofFound(entries, candidates.size()) > costOfScanning(1)) {
        return false;
      }
    }
    counters.probes += (long) plan.probes();
    counters.entries += entries;
    counters.candidates += candidates.size();
    for (int i = 0; i < candidates.size(); i++) {
      int distance = codes.distance(candidates.get(i), query, plan.radius());
      if (distance <= plan.radius()) {
        hits.add(candidates.get(i), distance, asked);
      }
    }
    return true;
  }

  Codes codes() {
    return codes;
  }

  Positions positions() {
    return positions;
  }

  boolean probes() {
    return slices != null && slices.isReady();
  }

  long bytes() {
    return codes.bytes()
        + positions.bytes()
        + map.bytes()
        + free.size() / 8
        + (slices == null ? 0 : slices.bytes());
  }
}
