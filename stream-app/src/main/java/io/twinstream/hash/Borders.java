package io.twinstream.hash;

import io.twinstream.picture.GreyPicture;
import java.util.Optional;

/**
 * Borders of one colour: rows and columns along an edge that are as good as flat, and alike. Each
 * edge has its own colour. What lossy formats leave of a sharp inner edge is allowed for.
 */
final class Borders {
  /** The largest standard deviation of luma within a row of a border. */
  private static final double FLAT = 6;

  /** How far the mean of a row may be from that of the outermost. */
  private static final double ALIKE = 12;

  private Borders() {}

  /** The picture without them; empty if it has none, or little else. */
  static Optional<GreyPicture> trimmed(GreyPicture picture) {
    int width = picture.width();
    int height = picture.height();
    int top = depth(picture, height, 0, 1, width, 1, width);
    if (top == height) {
      return Optional.empty();
    }
    int bottom = depth(picture, height, (height - 1) * width, 1, width, -1, width);
    int rows = height - top - bottom;
    int left = depth(picture, width, top * width, width, rows, 1, 1);
    int right = depth(picture, width, top * width + width - 1, width, rows, -1, 1);
    int columns = width - left - right;
    boolean hasNone = rows == height && columns == width;
    if (hasNone || 2 * rows < height || 2 * columns < width) {
      return Optional.empty();
    }
    return Optional.of(picture.part(left, top, columns, rows));
  }

  /**
   * How many lines from an edge on are border.
   *
   * @param lines how many there are
   * @param first where the outermost begins
   * @param step from one pixel of a line to the next
   * @param length of a line, in pixels
   * @param direction 1 if lines follow towards the end, -1 towards the start
   * @param stride from one line to the next
   */
  private static int depth(
      GreyPicture picture, int lines, int first, int step, int length, int direction, int stride) {
    double outermost = 0;
    for (int line = 0; line < lines; line++) {
      int at = first + direction * line * stride;
      long sum = 0;
      long squares = 0;
      for (int i = 0; i < length; i++, at += step) {
        int value = picture.luma()[at] & 0xFF;
        sum += value;
        squares += (long) value * value;
      }
      double mean = (double) sum / length;
      double variance = (double) squares / length - mean * mean;
      if (line == 0) {
        outermost = mean;
      }
      if (variance > FLAT * FLAT || Math.abs(mean - outermost) > ALIKE) {
        return line;
      }
    }
    return lines;
  }
}
