package io.twinstream.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.fingerprint.FingerprintOutcome;
import io.twinstream.fingerprint.FingerprintSettings;
import io.twinstream.fingerprint.Fingerprinter;
import io.twinstream.fingerprint.LocalFingerprinter;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/**
 * What the way to a worker and back costs: pictures of some 110 KB, in this process and in workers,
 * in turn, so that a busy machine is unfair to neither; and the same way with nothing at its end.
 * {@code -Dspeed.rounds}, and {@code -Dspeed.pictures} in a round.
 */
class PipeBenchmark {
  private static final int ROUNDS = Integer.getInteger("speed.rounds", 9);
  private static final int PICTURES = Integer.getInteger("speed.pictures", 600);
  private static final int TRIVIAL = 10_000;

  @Test
  void inWorkersAndInThisProcess() throws Exception {
    byte[] picture = picture();
    WorkerSettings two = WorkerSettings.DEFAULT;
    WorkerSettings one =
        new WorkerSettings(1, two.deadline(), two.start(), two.heapBytes(), two.residentBytes());
    try (LocalFingerprinter here = new LocalFingerprinter(FingerprintSettings.DEFAULT);
        WorkerPool single = new WorkerPool(one, FingerprintSettings.DEFAULT);
        WorkerPool pair = new WorkerPool(two, FingerprintSettings.DEFAULT);
        WorkerPool trivial =
            new WorkerPool(one, FingerprintSettings.DEFAULT, Pools.rogue(one, "polite"))) {
      List<double[]> rounds = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        rounds.add(
            new double[] {
              rate(here, picture, 1, PICTURES),
              rate(single, picture, 1, PICTURES),
              rate(here, picture, 2, 2 * PICTURES),
              // As in the app, where more pictures wait than there are workers.
              rate(pair, picture, 4, 2 * PICTURES),
              1e6 / rate(trivial, picture, 1, TRIVIAL),
              processorTime(here, picture),
              processorTime(pair, picture)
            });
      }
      // The first rounds warm up.
      List<double[]> warm = rounds.subList(ROUNDS / 3, ROUNDS);
      System.out.printf(
          Locale.ROOT,
          "%,d bytes; medians of %d rounds, pictures/s: here %.0f, one worker %.0f (ratio %.3f);"
              + " two threads here %.0f, two workers %.0f (ratio %.3f); two workers to one %.2f;"
              + " there and back with nothing to do %.1f us;"
              + " processor time a picture here %.0f us, with two workers %.0f us (ratio %.3f)%n",
          picture.length,
          warm.size(),
          median(warm, 0, -1),
          median(warm, 1, -1),
          median(warm, 1, 0),
          median(warm, 2, -1),
          median(warm, 3, -1),
          median(warm, 3, 2),
          median(warm, 3, 1),
          median(warm, 4, -1),
          median(warm, 5, -1),
          median(warm, 6, -1),
          median(warm, 6, 5));
    }
  }

  /** Of a column, or of its ratio to another. */
  private static double median(List<double[]> rounds, int column, int divisor) {
    double[] values =
        rounds.stream()
            .mapToDouble(round -> divisor < 0 ? round[column] : round[column] / round[divisor])
            .sorted()
            .toArray();
    return values[values.length / 2];
  }

  /** Of this process and those that it has started, in microseconds a picture. */
  private static double processorTime(Fingerprinter fingerprinter, byte[] picture)
      throws Exception {
    Duration before = processorTime();
    rate(fingerprinter, picture, 4, 2 * PICTURES);
    return processorTime().minus(before).toNanos() / 1e3 / (2 * PICTURES);
  }

  private static Duration processorTime() {
    ProcessHandle here = ProcessHandle.current();
    return Stream.concat(Stream.of(here), here.children())
        .map(process -> process.info().totalCpuDuration().orElseThrow())
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static double rate(Fingerprinter fingerprinter, byte[] picture, int threads, int pictures)
      throws Exception {
    try (ExecutorService callers = Executors.newFixedThreadPool(threads)) {
      Callable<Boolean> caller =
          () -> {
            for (int i = 0; i < pictures / threads; i++) {
              assertThat(fingerprinter.fingerprint(picture))
                  .isInstanceOf(FingerprintOutcome.Done.class);
            }
            return true;
          };
      long begin = System.nanoTime();
      for (Future<Boolean> future :
          callers.invokeAll(IntStream.range(0, threads).mapToObj(i -> caller).toList())) {
        assertThat(future.get()).isTrue();
      }
      return pictures / ((System.nanoTime() - begin) / 1e9);
    }
  }

  /** As large as a picture of the web: 468 × 401 pixels, with much noise in them. */
  private static byte[] picture() throws IOException {
    BufferedImage image = new BufferedImage(468, 401, BufferedImage.TYPE_INT_RGB);
    SplittableRandom random = new SplittableRandom(1);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int grey = (x / 40 * 37 + y / 40 * 59) % 128 + random.nextInt(128);
        image.setRGB(x, y, grey << 16 | grey << 8 | grey);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", bytes);
    return bytes.toByteArray();
  }
}
