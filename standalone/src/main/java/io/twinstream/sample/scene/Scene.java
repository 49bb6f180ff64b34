package io.twinstream.sample.scene;

import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/**
 * A picture before it is painted. Two scenes that differ in their layout alone look alike to a
 * person (same kind, colours and size) and have nothing where the other has it.
 *
 * @param kind what it shows
 * @param look the seed of its colours and its size
 * @param layout the seed of everything that has a place
 */
public record Scene(Kind kind, long look, long layout) {
  private static final int MIN_SIDE = 480;
  private static final int MAX_PIXELS = 480_000;

  /** The same look, laid out anew. */
  public Scene laidOutAnew() {
    // A step of Knuth's generator: adding a constant could give SplittableRandom the same sequence,
    // shifted.
    return new Scene(kind, look, layout * 6364136223846793005L + 1442695040888963407L);
  }

  /** Paints it; equal scenes give equal pixels. */
  public BufferedImage paint() {
    SplittableRandom style = new SplittableRandom(look);
    double aspect =
        switch (style.nextInt(5)) {
          case 0 -> 1;
          case 1, 2 -> style.nextDouble(0.68, 0.85);
          default -> style.nextDouble(1.2, 1.6);
        };
    int shortSide =
        style.nextInt(MIN_SIDE, (int) Math.sqrt(MAX_PIXELS / Math.max(aspect, 1 / aspect)) + 1);
    int width = (int) (aspect > 1 ? shortSide * aspect : shortSide);
    int height = (int) (aspect > 1 ? shortSide : shortSide / aspect);
    return new Canvas(
            width, height, Palette.any(style), Palette.any(style), new SplittableRandom(layout))
        .paint(kind.motif());
  }
}
