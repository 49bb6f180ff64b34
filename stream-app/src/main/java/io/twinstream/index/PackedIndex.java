package io.twinstream.index;

import io.twinstream.schema.BinaryCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A multi-index in memory that grows, or a plain list where that is faster: {@link Plan} says how
 * it finds, {@link CostModel} when. Equal codes share one entry. Tables are made when a search
 * first asks for what they find faster, one of them with each call; until then a search reads
 * everything. So no call takes longer than some nanoseconds for each code that is there. What takes
 * long to read is shared with the common pool of fork and join.
 */
public final class PackedIndex implements HammingIndex {
  private final int bits;
  private final List<Cut> cuts;
  private final String tables;
  private final Tuning tuning;
  private final Counters counters = new Counters();
  private final List<Segment> segments = new ArrayList<>();
  private final boolean changeable;
  private long size;

  /**
   * An empty index.
   *
   * @param bits the width of its codes
   */
  public PackedIndex(int bits) {
    this(bits, Tuning.standard(Kernel.best()));
  }

  /** An empty index that never has other threads help. */
  public static PackedIndex onOneThread(int bits) {
    return new PackedIndex(bits, Tuning.standard(Kernel.best()).onOneThread());
  }

  PackedIndex(int bits, Tuning tuning) {
    this.bits = bits;
    this.cuts = Cut.of(bits);
    this.tables = "%d tables, keys of %d bits".formatted(cuts.size(), cuts.getFirst().width());
    this.tuning = tuning;
    changeable = true;
    segments.add(newSegment());
  }

  private PackedIndex(PackedIndex of) {
    bits = of.bits;
    cuts = of.cuts;
    tables = of.tables;
    tuning = of.tuning.onOneThread();
    changeable = false;
    size = of.size;
    of.segments.forEach(segment -> segments.add(segment.reader(tuning, counters)));
  }

  @Override
  public HammingIndex reader() {
    return new PackedIndex(this);
  }

  private void requireChangeable() {
    if (!changeable) {
      throw new IllegalStateException("this only reads what another index has");
    }
  }

  private Segment newSegment() {
    return new Segment(bits, cuts, tuning, counters);
  }

  @Override
  public void add(BinaryCode code, long position) {
    requireChangeable();
    long[] words = words(code);
    for (Segment segment : segments) {
      int id = segment.find(words);
      if (id >= 0) {
        segment.positions().add(id, position);
        size++;
        return;
      }
    }
    roomy().add(words, position);
    size++;
  }

  private Segment roomy() {
    for (Segment segment : segments) {
      if (!segment.isFull()) {
        return segment;
      }
    }
    segments.add(newSegment());
    return segments.getLast();
  }

  @Override
  public void remove(BinaryCode code, long position) {
    requireChangeable();
    long[] words = words(code);
    for (Segment segment : segments) {
      int id = segment.find(words);
      if (id >= 0 && segment.remove(id, position)) {
        size--;
        return;
      }
    }
    throw new IllegalArgumentException("that code is not at position " + position);
  }

  @Override
  public void prepare(int radius) {
    requireChangeable();
    segments.forEach(segment -> segment.prepare(radius));
  }

  @Override
  public Found search(List<BinaryCode> codes, int radius, long before, int limit) {
    long[][] queries = codes.stream().map(this::words).toArray(long[][]::new);
    counters.searches += queries.length;
    Lowest lowest = new Lowest(limit);
    List<Hits> found = new ArrayList<>(segments.size());
    for (Segment segment : segments) {
      Hits hits = new Hits();
      segment.search(queries, radius, hits);
      hits.keepNearest();
      for (int i = 0; i < hits.size(); i++) {
        int id = hits.id(i);
        int count = segment.positions().countBefore(id, before);
        for (int j = 0; j < Math.min(count, limit); j++) {
          lowest.add(segment.positions().get(id, j));
        }
        lowest.addCount(count);
      }
      found.add(hits);
    }
    return new Found(neighbours(found, before, lowest.highest()), lowest.count());
  }

  private List<Neighbour> neighbours(List<Hits> found, long before, long highest) {
    List<Neighbour> neighbours = new ArrayList<>();
    for (int number = 0; number < segments.size(); number++) {
      Segment segment = segments.get(number);
      Hits hits = found.get(number);
      for (int i = 0; i < hits.size(); i++) {
        int id = hits.id(i);
        int count = segment.positions().countBefore(id, before);
        if (count == 0 || segment.positions().get(id, 0) > highest) {
          continue;
        }
        BinaryCode code = segment.codes().code(id);
        for (int j = 0; j < count && segment.positions().get(id, j) <= highest; j++) {
          neighbours.add(
              new Neighbour(segment.positions().get(id, j), code, hits.distance(i), hits.asked(i)));
        }
      }
    }
    neighbours.sort(Comparator.comparingLong(Neighbour::position));
    return neighbours;
  }

  private long[] words(BinaryCode code) {
    if (code.bits() != bits) {
      throw new IllegalArgumentException(
          "a code of %d bits in an index of %d".formatted(code.bits(), bits));
    }
    return Codes.wordsOf(code);
  }

  @Override
  public int size() {
    return Math.toIntExact(size);
  }

  @Override
  public IndexStats stats() {
    return new IndexStats(
        size,
        segments.stream().mapToLong(Segment::size).sum(),
        segments.stream().mapToLong(segment -> segment.positions().hot()).sum(),
        segments.stream().mapToLong(Segment::bytes).sum(),
        layout(),
        counters.searches,
        counters.scans,
        counters.probes,
        counters.entries,
        counters.candidates);
  }

  private String layout() {
    return segments.getFirst().probes() ? tables : "a list of all codes";
  }
}
