package io.twinstream.picture;

import io.twinstream.schema.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the tests run in a process of its own, since it may not come back. It says on its standard
 * output what it is about to do and what was wrong.
 */
final class DecoderProcess {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final long MAX_PIXELS = 4_000_000;
  private static final PictureDecoder DECODER = new PictureDecoder(MAX_PIXELS);
  private static final BentFiles FILES = new BentFiles();

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
    for (long seed = from; seed < to; seed++) {
      System.out.println("seed " + seed);
      byte[] file = FILES.bent(seed);
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
    int warm = times / 5;
    for (int i = 0; i < times; i++) {
      byte[] file = i % 2 == 0 ? FILES.bent(i) : FILES.whole().get(i / 2 % FILES.whole().size());
      try {
        decode(file, i / 2);
      } catch (RefusedPictureException e) {
        // That is about memory here.
      }
      if (i == warm || (i + 1) % Math.max(1, times / 5) == 0) {
        System.out.println("resident " + (i + 1) + " " + residentKilobytes());
      }
    }
  }

  private static long residentKilobytes() throws IOException {
    System.gc();
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }
}
