package io.twinstream.measure;

import io.twinstream.picture.ColourPicture;
import io.twinstream.schema.ColourSignature;
import io.twinstream.schema.DominantColour;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/** The colours of a picture, gone over once. Confined to one thread. */
final class ColourCensus {
  // Some 10,000 pixels say what the colours of a picture are.
  private static final int SAMPLES_A_SIDE = 96;
  private static final int MOST_DOMINANT = 5;
  private static final double LEAST_SHARE = 0.03;
  // Closer than this, two mean colours are shades of one: the distance of boxes' centres, in
  // levels.
  private static final int SHADES = 64;

  private final int[] counts = new int[ColourSignature.BOXES];
  private final long[] reds = new long[ColourSignature.BOXES];
  private final long[] greens = new long[ColourSignature.BOXES];
  private final long[] blues = new long[ColourSignature.BOXES];
  private final Spread redGreen = new Spread();
  private final Spread twiceYellowBlue = new Spread();
  private int all;

  private ColourCensus() {}

  static ColourCensus of(ColourPicture picture) {
    ColourCensus census = new ColourCensus();
    int width = picture.width();
    int stepX = Math.max(1, width / SAMPLES_A_SIDE);
    int stepY = Math.max(1, picture.height() / SAMPLES_A_SIDE);
    byte[] bgr = picture.bgr();
    for (int y = stepY / 2; y < picture.height(); y += stepY) {
      for (int x = stepX / 2; x < width; x += stepX) {
        int at = 3 * (y * width + x);
        census.add(bgr[at + 2] & 0xFF, bgr[at + 1] & 0xFF, bgr[at] & 0xFF);
      }
    }
    return census;
  }

  private void add(int red, int green, int blue) {
    int box = (red >> 6) << 4 | (green >> 6) << 2 | blue >> 6;
    counts[box]++;
    reds[box] += red;
    greens[box] += green;
    blues[box] += blue;
    redGreen.add(red - green);
    twiceYellowBlue.add(red + green - 2 * blue);
    all++;
  }

  /** How many pixels lie in which box, as {@link ColourSignature#ofCounts} takes them. */
  int[] counts() {
    return counts;
  }

  /** By Hasler and Süsstrunk ("Measuring colourfulness in natural images", 2003). */
  double colourfulness() {
    return Math.hypot(redGreen.deviation(all), twiceYellowBlue.deviation(all) / 2)
        + 0.3 * Math.hypot(redGreen.mean(all), twiceYellowBlue.mean(all) / 2);
  }

  /** Mean colours of the fullest boxes, each with those of its shades. */
  List<DominantColour> dominant() {
    List<Shade> found = new ArrayList<>();
    IntStream.range(0, counts.length)
        .filter(box -> counts[box] > 0)
        .boxed()
        .sorted(Comparator.comparingInt((Integer box) -> counts[box]).reversed())
        .forEach(box -> {
          Shade shade = new Shade(counts[box], reds[box], greens[box], blues[box]);
          found.stream()
              .filter(other -> other.distance(shade) < SHADES)
              .findFirst()
              .ifPresentOrElse(other -> other.add(shade), () -> found.add(shade));
        });
    return found.stream()
        .filter(shade -> shade.count >= LEAST_SHARE * all)
        .sorted(Comparator.comparingInt((Shade shade) -> shade.count).reversed())
        .limit(MOST_DOMINANT)
        .map(shade -> shade.colour(all))
        .toList();
  }

  /** The pixels of one colour, summed up. */
  private static final class Shade {
    private int count;
    private long red;
    private long green;
    private long blue;

    private Shade(int count, long red, long green, long blue) {
      this.count = count;
      this.red = red;
      this.green = green;
      this.blue = blue;
    }

    private double distance(Shade other) {
      double r = (double) red / count - (double) other.red / other.count;
      double g = (double) green / count - (double) other.green / other.count;
      double b = (double) blue / count - (double) other.blue / other.count;
      return Math.sqrt(r * r + g * g + b * b);
    }

    private void add(Shade other) {
      count += other.count;
      red += other.red;
      green += other.green;
      blue += other.blue;
    }

    private DominantColour colour(int all) {
      byte[] rgb = {mean(red), mean(green), mean(blue)};
      double share = Math.round(1000.0 * count / all) / 1000.0;
      return new DominantColour("#" + HexFormat.of().formatHex(rgb), share);
    }

    private byte mean(long sum) {
      return (byte) Math.round((double) sum / count);
    }
  }

  /** Mean and deviation of numbers, summed up. */
  private static final class Spread {
    private long sum;
    private long squares;

    private void add(int value) {
      sum += value;
      squares += (long) value * value;
    }

    private double mean(int count) {
      return (double) sum / count;
    }

    private double deviation(int count) {
      double mean = mean(count);
      return Math.sqrt(Math.max(0, (double) squares / count - mean * mean));
    }
  }
}
