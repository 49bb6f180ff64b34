package io.twinstream.benchmark;

import io.twinstream.hash.Orientations;
import io.twinstream.hash.Views;
import io.twinstream.index.PackedIndex;
import io.twinstream.match.FingerprintParts;
import io.twinstream.match.FingerprintStore;
import io.twinstream.match.ImageIndex;
import io.twinstream.match.IndexedImage;
import io.twinstream.match.Judgement;
import io.twinstream.match.MatchSettings;
import io.twinstream.match.Matcher;
import io.twinstream.match.Preset;
import io.twinstream.match.StoredFingerprint;
import io.twinstream.schema.BinaryCode;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.Measures;
import io.twinstream.schema.Orientation;
import io.twinstream.schema.PerceptualHash;
import io.twinstream.schema.Threshold;
import io.twinstream.schema.TurnedHash;
import io.twinstream.schema.View;
import io.twinstream.schema.ViewedHash;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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

/**
 * Judging images among many others whose codes are as far apart as chance has it, the store left
 * out: at the customary radius 31, and as the preset {@code balanced} does.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 3, time = 5)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx3g"})
@State(Scope.Benchmark)
public class MatchBenchmark {
  private static final int BITS = 256;
  private static final String ALGORITHM = "PDQ";

  /** Images stored. */
  @Param({"100000", "1000000"})
  public int stored;

  /** {@code 31}, or {@code balanced} with all orientations and parts. */
  @Param({"31", "balanced"})
  public String reach;

  private final SplittableRandom random = new SplittableRandom(1);
  private Matcher matcher;
  private Fingerprint again;

  /** Fills the index. */
  @Setup
  public void fill() {
    boolean balanced = reach.equals("balanced");
    int radius = balanced ? Preset.BALANCED.radius(ALGORITHM).orElseThrow() : 31;
    Rows rows = new Rows();
    matcher =
        new Matcher(
            new MatchSettings(
                new Threshold(ALGORITHM, radius),
                balanced ? Orientations.ALL : Orientations.NONE,
                balanced ? Views.ALL : Views.NONE),
            rows,
            ImageIndex.over(rows, PackedIndex::new));
    again = fingerprint();
  }

  /** An image whose bytes are known: it is looked up, and nothing is filed. */
  @Benchmark
  public Judgement judge() {
    return matcher.judge(new ImageKey("default", "last"), again);
  }

  private Fingerprint fingerprint() {
    List<TurnedHash> turned = new ArrayList<>();
    for (Orientation way : Orientation.values()) {
      if (way != Orientation.UPRIGHT) {
        turned.add(new TurnedHash(ALGORITHM, way, code()));
      }
    }
    return new Fingerprint(
        "00".repeat(32),
        1,
        "jpeg",
        1,
        1,
        100,
        List.of(new PerceptualHash(ALGORITHM, code())),
        turned,
        "",
        Measures.NONE,
        List.of(
            new ViewedHash(ALGORITHM, View.CENTRE_85, code()),
            new ViewedHash(ALGORITHM, View.CENTRE_60, code())));
  }

  private BinaryCode code() {
    long[] words = new long[BITS / Long.SIZE];
    for (int i = 0; i < words.length; i++) {
      words[i] = random.nextLong();
    }
    return BinaryCode.ofWords(words, 0, BITS);
  }

  /** Codes of images, the last of which is the one that is judged. Nothing is filed in it. */
  private final class Rows implements FingerprintStore {
    @Override
    public Optional<StoredFingerprint> find(ImageKey key) {
      return Optional.of(row(stored));
    }

    private StoredFingerprint row(int position) {
      Map<View, BinaryCode> codes = new EnumMap<>(View.class);
      codes.put(View.WHOLE, code());
      if (reach.equals("balanced")) {
        codes.put(View.CENTRE_85, code());
        codes.put(View.CENTRE_60, code());
      }
      return new StoredFingerprint(
          new ImageKey("default", position == stored ? "last" : "" + position),
          position,
          "00".repeat(32),
          "",
          false,
          codes,
          new FingerprintParts(false, EnumSet.allOf(Orientation.class), Set.of()));
    }

    @Override
    public void forEach(Consumer<IndexedImage> action) {
      for (int position = 0; position < stored; position++) {
        action.accept(row(position).indexed());
      }
    }

    @Override
    public StoredFingerprint at(View view, int prefix, long position) {
      return row((int) position);
    }

    @Override
    public void put(StoredFingerprint fingerprint) {
      throw new UnsupportedOperationException("nothing is filed here");
    }

    @Override
    public void remove(StoredFingerprint fingerprint) {
      throw new UnsupportedOperationException("nothing is taken out here");
    }

    @Override
    public long nextPosition() {
      throw new UnsupportedOperationException("no place is given here");
    }

    @Override
    public long peekPosition() {
      throw new UnsupportedOperationException("no place is given here");
    }

    @Override
    public OptionalInt adoptedRadius() {
      return OptionalInt.empty();
    }

    @Override
    public void adoptRadius(int radius) {
      throw new UnsupportedOperationException("nothing is adopted here");
    }
  }
}
