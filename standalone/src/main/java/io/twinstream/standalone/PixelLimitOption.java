package io.twinstream.standalone;

import io.twinstream.standalone.engine.RefusedException;
import picocli.CommandLine.Option;

/** How large a picture may be: the same option for all commands that decode. */
final class PixelLimitOption {
  /** Of more, the colours don't fit into one array. */
  private static final long MOST = Integer.MAX_VALUE / 3;

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      defaultValue = "50000000",
      description =
          "Pictures with more pixels, by their header, are refused before they are decoded."
              + " Default: ${DEFAULT-VALUE}.")
  private long pixels;

  long pixels() {
    if (pixels < 1 || pixels > MOST) {
      throw new RefusedException("--max-pixels is 1 to %s, not %s".formatted(MOST, pixels));
    }
    return pixels;
  }
}
