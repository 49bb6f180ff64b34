package io.twinstream.benchmark;

import io.twinstream.picture.PictureDecoder;
import io.twinstream.picture.RefusedPictureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * By how much the resident size of this process goes up at most while a 12-megapixel JPEG is
 * decoded, on Linux. No JMH: what counts is a peak in one call.
 */
public final class DecodeMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");

  /** What the kernel takes for: forget the peak. */
  private static final String FORGET_PEAK = "5";

  private DecodeMemory() {}

  /** Prints three peaks each for a baseline and a progressive file. */
  public static void main(String[] arguments) throws IOException, RefusedPictureException {
    PictureDecoder decoder = new PictureDecoder(50_000_000);
    for (boolean progressive : new boolean[] {false, true}) {
      byte[] file = JpegFiles.painted(1, 4000, 3000, progressive);
      for (int i = 0; i < 3; i++) {
        System.gc();
        Files.writeString(CLEAR, FORGET_PEAK);
        long before = kilobytes("VmRSS:");
        decoder.decode(file, 256);
        System.out.printf(
            "%s, %,d bytes: %,d KB more at most%n",
            progressive ? "progressive" : "baseline", file.length, kilobytes("VmHWM:") - before);
      }
    }
  }

  private static long kilobytes(String name) throws IOException {
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
