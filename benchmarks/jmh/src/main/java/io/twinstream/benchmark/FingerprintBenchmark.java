package io.twinstream.benchmark;

import dev.brachtendorf.jimagehash.hash.Hash;
import dev.brachtendorf.jimagehash.hashAlgorithms.PerceptiveHash;
import io.twinstream.fingerprint.FingerprintOutcome;
import io.twinstream.fingerprint.FingerprintSettings;
import io.twinstream.fingerprint.Fingerprinter;
import io.twinstream.fingerprint.LocalFingerprinter;
import io.twinstream.hash.Orientations;
import io.twinstream.hash.Views;
import io.twinstream.worker.WorkerPool;
import io.twinstream.worker.WorkerSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From the bytes of a JPEG file to its fingerprint: with as much as the default and with everything
 * but a digest of pixels, with and without thumbnails, in this process and in workers; against what
 * the obvious program does. With {@code -t 2} two threads ask at a time, and there are two workers
 * in any case.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 4, time = 3)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "-Djava.awt.headless=true",
      "-Xmx512m",
      "--enable-native-access=ALL-UNNAMED",
      "--sun-misc-unsafe-memory-access=allow"
    })
@State(Scope.Benchmark)
public class FingerprintBenchmark {
  private static final FingerprintSettings MEASURED = settings(Orientations.NONE, Views.NONE, true);

  /** About 470 × 400 pixels, or those of the folder; or 12 megapixels. */
  @Param({"web", "12mp"})
  public String size;

  private final PerceptiveHash hash = new PerceptiveHash(256);
  private final Fingerprinter plain = new LocalFingerprinter(FingerprintSettings.DEFAULT);
  private final Fingerprinter measured = new LocalFingerprinter(MEASURED);
  private final Fingerprinter withThumbnails =
      new LocalFingerprinter(FingerprintSettings.DEFAULT.withThumbnails(true));
  private final Fingerprinter measuredWithThumbnails =
      new LocalFingerprinter(MEASURED.withThumbnails(true));
  private final Fingerprinter turned =
      new LocalFingerprinter(settings(Orientations.ALL, Views.NONE, false));
  private final Fingerprinter viewed =
      new LocalFingerprinter(settings(Orientations.ALL, Views.ALL, false));
  private WorkerPool workers;
  private WorkerPool measuringWorkers;
  private List<byte[]> files;

  private static FingerprintSettings settings(
      Orientations orientations, Views views, boolean measured) {
    return new FingerprintSettings(
        FingerprintSettings.DEFAULT.maxPixels(),
        FingerprintSettings.DEFAULT.hashes(),
        orientations,
        views,
        measured,
        false,
        false);
  }

  /** Makes or reads the files, and starts workers. */
  @Setup
  public void prepare() throws IOException {
    ImageIO.setUseCache(false);
    hash.algorithmId();
    files = JpegFiles.sized(size);
    workers = new WorkerPool(WorkerSettings.DEFAULT, FingerprintSettings.DEFAULT);
    measuringWorkers = new WorkerPool(WorkerSettings.DEFAULT, MEASURED);
  }

  /** Ends the workers. */
  @TearDown
  public void close() {
    workers.close();
    measuringWorkers.close();
  }

  /** Byte digest, one hash, quality. */
  @Benchmark
  public FingerprintOutcome inProcess(DecodeBenchmark.Turn turn) throws InterruptedException {
    return plain.fingerprint(turn.next(files));
  }

  /** The same in worker processes. */
  @Benchmark
  public FingerprintOutcome inWorkers(DecodeBenchmark.Turn turn) throws InterruptedException {
    return workers.fingerprint(turn.next(files));
  }

  /** Sharpness, colours and the like besides. */
  @Benchmark
  public FingerprintOutcome measured(DecodeBenchmark.Turn turn) throws InterruptedException {
    return measured.fingerprint(turn.next(files));
  }

  /** The same in worker processes. */
  @Benchmark
  public FingerprintOutcome measuredInWorkers(DecodeBenchmark.Turn turn)
      throws InterruptedException {
    return measuringWorkers.fingerprint(turn.next(files));
  }

  /** Byte digest, one hash, quality, and a thumbnail. */
  @Benchmark
  public FingerprintOutcome withThumbnails(DecodeBenchmark.Turn turn) throws InterruptedException {
    return withThumbnails.fingerprint(turn.next(files));
  }

  /** Everything but a digest of pixels. */
  @Benchmark
  public FingerprintOutcome measuredWithThumbnails(DecodeBenchmark.Turn turn)
      throws InterruptedException {
    return measuredWithThumbnails.fingerprint(turn.next(files));
  }

  /** The hashes of all orientations besides. */
  @Benchmark
  public FingerprintOutcome turned(DecodeBenchmark.Turn turn) throws InterruptedException {
    return turned.fingerprint(turn.next(files));
  }

  /** The hashes of all orientations and of all parts. */
  @Benchmark
  public FingerprintOutcome viewed(DecodeBenchmark.Turn turn) throws InterruptedException {
    return viewed.fingerprint(turn.next(files));
  }

  /** What one would write first. */
  @Benchmark
  public Hash imageIoAndPerceptiveHash(DecodeBenchmark.Turn turn) throws IOException {
    return hash.hash(ImageIO.read(new ByteArrayInputStream(turn.next(files))));
  }
}
