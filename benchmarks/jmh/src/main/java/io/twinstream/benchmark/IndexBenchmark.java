package io.twinstream.benchmark;

import io.twinstream.index.HammingIndex;
import io.twinstream.index.HammingIndex.Found;
import io.twinstream.index.LinearIndex;
import io.twinstream.index.PackedIndex;
import io.twinstream.schema.BinaryCode;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Searches among random codes; an operation is a batch. {@code bench index} measures more. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class IndexBenchmark {
  @Param({"packed", "linear"})
  public String index;

  @Param("1000000")
  public int n;

  @Param("256")
  public int bits;

  @Param({"31", "64"})
  public int radius;

  @Param({"1", "8"})
  public int batch;

  private final SplittableRandom random = new SplittableRandom(1);
  private HammingIndex filled;
  private List<List<BinaryCode>> questions;
  private int next;

  @Setup
  public void fill() {
    PackedIndex packed = PackedIndex.onOneThread(bits);
    filled = index.equals("packed") ? packed : new LinearIndex(bits);
    for (int i = 0; i < n; i++) {
      filled.add(code(), i);
    }
    packed.prepare(radius);
    questions =
        IntStream.range(0, 1000)
            .mapToObj(_ -> IntStream.range(0, batch).mapToObj(_ -> code()).toList())
            .toList();
  }

  /** What no code is near to, as a rule. */
  @Benchmark
  public Found search() {
    return filled.search(questions.get(next++ % questions.size()), radius, n, 50);
  }

  private BinaryCode code() {
    long[] words = new long[(bits + 63) / 64];
    for (int i = 0; i < words.length; i++) {
      words[i] = random.nextLong();
    }
    words[words.length - 1] &= -1L << (64 * words.length - bits);
    return BinaryCode.ofWords(words, 0, bits);
  }
}
