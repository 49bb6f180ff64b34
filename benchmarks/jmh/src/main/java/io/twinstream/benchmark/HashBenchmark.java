package io.twinstream.benchmark;

import dev.brachtendorf.jimagehash.hashAlgorithms.PerceptiveHash;
import io.twinstream.hash.HashAlgorithms;
import io.twinstream.hash.HashQuality;
import io.twinstream.hash.Orientations;
import io.twinstream.hash.PictureHasher;
import io.twinstream.hash.UprightPicture;
import io.twinstream.picture.GreyPicture;
import io.twinstream.schema.BinaryCode;
import io.twinstream.schema.Orientation;
import java.awt.image.BufferedImage;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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

/** From decoded pixels to hashes; each operation is the next picture of the album. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class HashBenchmark {
  @Param({"468x401"})
  public String size;

  private final PictureHasher pdq = HashAlgorithms.named("PDQ");
  private final PictureHasher perceptive = HashAlgorithms.named("PerceptiveHash(256)");
  private final PerceptiveHash library = new PerceptiveHash(256);
  private List<GreyPicture> pictures;
  private List<BufferedImage> images;
  private int next;

  @Setup
  public void open() {
    int middle = size.indexOf('x');
    pictures =
        Album.grey(
            Integer.parseInt(size.substring(0, middle)),
            Integer.parseInt(size.substring(middle + 1)));
    images = pictures.stream().map(Album::buffered).toList();
  }

  /** What is shared by algorithms of its size, and the quality. */
  @Benchmark
  public int areaAverageAndQuality() {
    return HashQuality.of(picture());
  }

  @Benchmark
  public BinaryCode perceptiveHash() {
    return perceptive.hash(picture());
  }

  /** As the library is used alone: it takes the nearest pixels, which is cheap and aliases. */
  @Benchmark
  public BigInteger perceptiveHashOfTheLibraryAlone() {
    return library.hash(images.get(step())).getHashValue();
  }

  @Benchmark
  public BinaryCode pdq() {
    return pdq.hash(picture());
  }

  @Benchmark
  public Map<Orientation, BinaryCode> pdqInEightWays() {
    return pdq.hashes(picture(), Orientations.ALL);
  }

  @Benchmark
  public Map<Orientation, BinaryCode> perceptiveHashInEightWays() {
    return perceptive.hashes(picture(), Orientations.ALL);
  }

  private UprightPicture picture() {
    return new UprightPicture(pictures.get(step()), Orientation.UPRIGHT);
  }

  private int step() {
    next = (next + 1) % pictures.size();
    return next;
  }
}
