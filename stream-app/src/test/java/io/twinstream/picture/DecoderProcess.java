package io.twinstream.picture;

import io.twinstream.fingerprint.FingerprintSettings;
import io.twinstream.fingerprint.LocalFingerprinter;
import io.twinstream.hash.Orientations;
import io.twinstream.hash.Views;
import io.twinstream.schema.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the tests run in a process of its own, since it may not come back. It says on its standard
 * output what it is about to do and what was wrong.
 */
final class DecoderProcess {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final long MAX_PIXELS = 4_000_000;
  private static final PictureDecoder DECODER = new PictureDecoder(MAX_PIXELS);

  /** So wide that whoever forgets to give a row back is seen. */
  private static final int WIDTH = 16_000;

  private static final int SAMPLES = 10;

  private DecoderProcess() {}

  public static void main(String[] arguments) throws IOException {
    switch (arguments[0]) {
      case "bent" -> decodeBent(Long.parseLong(arguments[1]), Long.parseLong(arguments[2]));
      case "many" -> decodeMany(Integer.parseInt(arguments[1]));
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    System.out.println("end");
  }

  private static void decodeBent(long from, long to) {
    BentFiles files = new BentFiles(67, 45);
    for (long seed = from; seed < to; seed++) {
      System.out.println("seed " + seed);
      byte[] file = files.bent(seed);
      long before = System.nanoTime();
      try {
        decode(file, seed);
      } catch (RefusedPictureException e) {
        if (e.reason() == FailureReason.INTERNAL_ERROR || e.getMessage().isBlank()) {
          System.out.println("wrong " + seed + " " + e);
        }
      } catch (RuntimeException | Error e) {
        System.out.println("wrong " + seed + " " + e + " at " + e.getStackTrace()[0]);
      }
      if (System.nanoTime() - before > LIMIT.toNanos()) {
        System.out.println("wrong " + seed + " took too long");
      }
    }
  }

  private static void decode(byte[] file, long seed) throws RefusedPictureException {
    int minSide = 1 << (seed % 10);
    if (seed % 2 == 0) {
      DECODER.decode(file, minSide);
    } else {
      DECODER.decodeColours(file, minSide, 1);
    }
  }

  private static void decodeMany(int times) throws IOException {
    BentFiles files = new BentFiles(WIDTH, 20);
    LocalFingerprinter everything =
        new LocalFingerprinter(
            new FingerprintSettings(
                MAX_PIXELS,
                List.of("PerceptiveHash(256)", "PDQ"),
                Orientations.ALL,
                Views.ALL,
                true,
                true,
                true));
    int warm = times / 5;
    int often = Math.max(1, (times - warm) / SAMPLES);
    for (int i = 0; i < times; i++) {
      if (i % 100 == 0) {
        System.out.println("picture " + i);
      }
      byte[] file = i % 4 == 0 ? files.bent(i) : files.whole().get(i % files.whole().size());
      everything.fingerprint(file);
      try {
        decode(file, i);
      } catch (RefusedPictureException e) {
        // That is about memory here.
      }
      if (i >= warm && (i - warm) % often == 0) {
        System.gc();
        System.out.printf("memory %d %d %d%n", i, residentKilobytes(), heapKilobytes());
      }
    }
  }

  private static long heapKilobytes() {
    return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / 1024;
  }

  private static long residentKilobytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }
}
