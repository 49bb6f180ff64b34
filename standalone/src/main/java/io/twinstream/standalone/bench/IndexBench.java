package io.twinstream.standalone.bench;

import io.twinstream.index.HammingIndex;
import io.twinstream.index.HammingIndex.Found;
import io.twinstream.index.HammingIndex.Neighbour;
import io.twinstream.index.IndexStats;
import io.twinstream.index.LinearIndex;
import io.twinstream.index.PackedIndex;
import io.twinstream.schema.BinaryCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Measures the index against reading every code: both hold the same codes, are asked the same and
 * answer the same, in turns, on one thread. A few seconds each, more for many codes.
 */
public final class IndexBench {
  // As many as are listed in an event.
  private static final int LIMIT = 50;
  private static final int ROUNDS = 5;
  private static final long ROUND_NANOS = 600_000_000;
  private static final int CHECKED = 200;

  private final TestCodes codes;
  private final int radius;
  private final int batch;
  private final Consumer<String> progress;
  private final List<List<BinaryCode>> questions;

  private IndexBench(TestCodes codes, int radius, int batch, Consumer<String> progress) {
    this.codes = codes;
    this.radius = radius;
    this.batch = batch;
    this.progress = progress;
    this.questions =
        IntStream.range(0, 10_000 / batch)
            .mapToObj(_ -> IntStream.range(0, batch).mapToObj(_ -> codes.sought(radius)).toList())
            .toList();
  }

  /**
   * With random codes.
   *
   * @param n how many
   * @param batch how many are looked for at once
   * @param progress is told what is being done
   */
  public static IndexReport random(
      int n, int bits, int radius, int batch, long seed, Consumer<String> progress) {
    progress.accept("Making %,d random codes of %d bits".formatted(n, bits));
    return new IndexBench(TestCodes.random(bits, n, seed), radius, batch, progress).run();
  }

  /** With codes that are given, and more that are like these if {@code n} are more. */
  public static IndexReport like(
      List<BinaryCode> given, int n, int radius, int batch, long seed, Consumer<String> progress) {
    progress.accept("Making %,d codes out of %,d".formatted(n, given.size()));
    return new IndexBench(TestCodes.like(given, n, seed), radius, batch, progress).run();
  }

  private IndexReport run() {
    LinearIndex linear = new LinearIndex(codes.bits());
    for (int i = 0; i < codes.size(); i++) {
      linear.add(codes.get(i), i);
    }
    progress.accept("Building an index of all at once");
    double build = Math.min(build(), build());
    progress.accept("Building one that is searched meanwhile");
    PackedIndex index = PackedIndex.onOneThread(codes.bits());
    double inserts = insert(index);
    IndexStats filled = index.stats();

    progress.accept("Comparing answers");
    double recall = recall(index, linear);
    progress.accept("Measuring");
    double lookups = 0;
    double slow = 0;
    IndexStats before = index.stats();
    for (int round = 0; round < ROUNDS; round++) {
      lookups = Math.max(lookups, rate(index));
      slow = Math.max(slow, rate(linear));
    }
    IndexStats after = index.stats();
    double searches = after.searches() - before.searches();
    return new IndexReport(
        codes.size(),
        codes.bits(),
        radius,
        batch,
        lookups,
        slow,
        lookups / slow,
        (double) filled.bytes() / filled.size(),
        recall,
        inserts,
        build,
        (after.candidates() - before.candidates()) / searches,
        questions.stream()
            .limit(CHECKED)
            .mapToLong(sought -> index.search(sought, radius, codes.size(), 0).count())
            .average()
            .orElse(0),
        filled.layout(),
        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
  }

  private double build() {
    long start = System.nanoTime();
    PackedIndex index = PackedIndex.onOneThread(codes.bits());
    for (int i = 0; i < codes.size(); i++) {
      index.add(codes.get(i), i);
    }
    index.prepare(radius);
    return (System.nanoTime() - start) / 1e9;
  }

  /** Codes added in a second, less the time for what is looked for now and then. */
  private double insert(PackedIndex index) {
    long inserting = 0;
    for (int i = 0; i < codes.size(); ) {
      index.search(questions.get(i % questions.size()), radius, i, LIMIT);
      long start = System.nanoTime();
      for (int end = Math.min(codes.size(), i + 1000); i < end; i++) {
        index.add(codes.get(i), i);
      }
      inserting += System.nanoTime() - start;
    }
    index.prepare(radius);
    return codes.size() / (inserting / 1e9);
  }

  private double recall(HammingIndex index, HammingIndex linear) {
    long expected = 0;
    long missed = 0;
    for (int i = 0; i < Math.min(questions.size(), CHECKED); i++) {
      long before = i % 3 == 0 ? codes.size() / 2 : codes.size();
      Found truth = linear.search(questions.get(i), radius, before, Integer.MAX_VALUE);
      Found found = index.search(questions.get(i), radius, before, Integer.MAX_VALUE);
      Set<Neighbour> rest = new HashSet<>(truth.neighbours());
      for (Neighbour neighbour : found.neighbours()) {
        if (!rest.remove(neighbour)) {
          throw new IllegalStateException("found what is not there: " + neighbour);
        }
      }
      expected += truth.count();
      missed += rest.size();
    }
    return expected == 0 ? 1 : (double) (expected - missed) / expected;
  }

  /** Codes looked for in a second. */
  private double rate(HammingIndex index) {
    long start = System.nanoTime();
    long end = start + ROUND_NANOS;
    long asked = 0;
    long now;
    do {
      index.search(questions.get((int) (asked++ % questions.size())), radius, codes.size(), LIMIT);
      now = System.nanoTime();
    } while (now < end);
    return asked * batch / ((now - start) / 1e9);
  }
}
