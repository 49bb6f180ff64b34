package io.twinstream.hash;

/**
 * The box filter of PDQ along one side of a picture: the mean of a window of pixels, cut off at the
 * edges. Gone over twice it is a tent. A window of even width reaches one pixel farther to the
 * right (down) than to the left (up), as published.
 *
 * @param pixels along that side
 * @param window its width, 1 to {@code pixels}
 */
record Box(int pixels, int window) {
  /** The box whose second pass gives each of so many values half a value's width to each side. */
  static Box forShrinking(int pixels, int values) {
    return new Box(pixels, (pixels + 2 * values - 1) / (2 * values));
  }

  /** The pixel at the centre of a value's stretch. */
  static int centre(int value, int pixels, int values) {
    return (int) ((2L * value + 1) * pixels / (2L * values));
  }

  /** How many pixels of a window lie to the right of its own. */
  int reach() {
    return window / 2;
  }

  /** The first pixel in the window of a pixel. */
  int from(int pixel) {
    return Math.max(0, pixel + reach() + 1 - window);
  }

  /** The pixel after the last in its window. */
  int to(int pixel) {
    return Math.min(pixels, pixel + reach() + 1);
  }
}
