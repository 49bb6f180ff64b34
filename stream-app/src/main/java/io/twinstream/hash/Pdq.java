package io.twinstream.hash;

import io.twinstream.picture.GreyPicture;
import io.twinstream.picture.Orientation;
import io.twinstream.schema.BinaryCode;
import java.util.Arrays;

/**
 * PDQ of one picture, after its published description ("The TMK+PDQF Video-Hashing Algorithm and
 * the PDQ Image-Hashing Algorithm", Facebook 2019) and its reference implementation: blurred and
 * shrunk to 64 × 64, the 16 × 16 lowest frequencies of a cosine transform without the constant
 * ones, a bit for each that is above their lower median. So 128 bits are set; where several
 * frequencies are equal to the median, fewer.
 *
 * <p>Equal to the published algorithm in single precision, bit for bit. Folded weights come close
 * to it fast; where they are too close to a decision to be sure of it, the published steps are gone
 * instead. For one thread at a time.
 */
public final class Pdq {
  /** The width of the hash. */
  public static final int BITS = 256;

  /** Pictures with a side below this have no hash: all bits are 0, and so is the quality. */
  public static final int MIN_SIDE = 5;

  /** Frequencies along one side. */
  private static final int LOW = 16;

  /** Where the lower median stands among the sorted frequencies. */
  private static final int MEDIAN = LOW * LOW / 2 - 1;

  private static final int SIDE = TentFilter.SIDE;
  private static final float[] COSINES = cosines();
  private static final float[] COSINES_BY_PLACE = byPlace();

  private final GreyPicture stored;
  private final Orientation orientation;
  private boolean published;
  private float[] square;
  private float[] frequencies;

  /**
   * @param stored the pixels as they are stored
   * @param orientation what has to be done with them so that they stand upright
   */
  public Pdq(GreyPicture stored, Orientation orientation) {
    this.stored = stored;
    this.orientation = orientation;
    if (stored.width() < MIN_SIDE || stored.height() < MIN_SIDE) {
      published = true;
      square = new float[SIDE * SIDE];
      frequencies = new float[LOW * LOW];
    } else {
      square = TentFilter.byWeights(stored, orientation);
      frequencies = lowFrequencies(square);
    }
  }

  /**
   * The hash of the upright picture as it is after {@code way}: of all ways out of one transform.
   * As published, bit 0 of the code (the first of its hexadecimal form) is that of the highest
   * frequencies.
   */
  public BinaryCode code(Orientation way) {
    float[] turned = turned(way);
    float[] sorted = turned.clone();
    Arrays.sort(sorted);
    if (!published && sorted[MEDIAN + 1] - sorted[MEDIAN] <= 2 * tolerance()) {
      goPublishedSteps();
      return code(way);
    }
    long[] words = new long[BITS / Long.SIZE];
    for (int i = 0; i < BITS; i++) {
      if (turned[i] > sorted[MEDIAN]) {
        words[words.length - 1 - i / Long.SIZE] |= 1L << i;
      }
    }
    return BinaryCode.ofWords(words, 0, BITS);
  }

  /** How much there is in the picture to hash, 0 (featureless) to 100, as published. */
  public int quality() {
    if (!published) {
      float margin = 2 * tolerance();
      int least = HashQuality.of(square, SIDE, -margin);
      if (least == HashQuality.of(square, SIDE, margin)) {
        return least;
      }
      goPublishedSteps();
    }
    return HashQuality.of(square, SIDE, 0);
  }

  /** Whether weights have been enough for all that was asked so far. */
  boolean isByWeights() {
    return !published;
  }

  private void goPublishedSteps() {
    square = TentFilter.asPublished(orientation.apply(stored));
    frequencies = lowFrequencies(square);
    published = true;
  }

  /**
   * How far what weights give may be from what is published. Sums that slide along a side gather
   * the rounding of all of it, so it grows with the sides.
   */
  private float tolerance() {
    return 0.004f + 1e-5f * (stored.width() + stored.height());
  }

  /** Mirroring changes the signs of odd frequencies, turning over the diagonal swaps them. */
  private float[] turned(Orientation way) {
    float[] turned = new float[LOW * LOW];
    for (int i = 0; i < LOW; i++) {
      for (int j = 0; j < LOW; j++) {
        // Index 0 is frequency 1.
        boolean minus =
            (way.readsFromBottom() && i % 2 == 0) != (way.readsFromRight() && j % 2 == 0);
        float frequency = frequencies[i * LOW + j];
        turned[way.swapsSides() ? j * LOW + i : i * LOW + j] = minus ? -frequency : frequency;
      }
    }
    return turned;
  }

  /** Sums are added up place by place in the published order; four at once for speed. */
  private static float[] lowFrequencies(float[] square) {
    float[] low = new float[LOW * LOW];
    float[] columns = new float[SIDE];
    float[] row = new float[LOW];
    for (int i = 0; i < LOW; i++) {
      Arrays.fill(columns, 0);
      for (int k = 0; k < SIDE; k += 4) {
        addFour(columns, COSINES, i * SIDE + k, square, k * SIDE);
      }
      Arrays.fill(row, 0);
      for (int k = 0; k < SIDE; k += 4) {
        addFour(row, columns, k, COSINES_BY_PLACE, k * LOW);
      }
      System.arraycopy(row, 0, low, i * LOW, LOW);
    }
    return low;
  }

  /** Adds to sums four rows of as many values, each times its factor. */
  private static void addFour(float[] sums, float[] factors, int at, float[] rows, int from) {
    float a = factors[at];
    float b = factors[at + 1];
    float c = factors[at + 2];
    float d = factors[at + 3];
    int n = sums.length;
    int second = from + n;
    int third = second + n;
    int fourth = third + n;
    for (int j = 0; j < n; j++) {
      sums[j] =
          sums[j]
              + a * rows[from + j]
              + b * rows[second + j]
              + c * rows[third + j]
              + d * rows[fourth + j];
    }
  }

  private static float[] cosines() {
    float scale = (float) Math.sqrt(2.0 / SIDE);
    float[] cosines = new float[LOW * SIDE];
    for (int i = 0; i < LOW; i++) {
      for (int j = 0; j < SIDE; j++) {
        double angle = Math.PI / 2 / SIDE * (i + 1) * (2 * j + 1);
        cosines[i * SIDE + j] = (float) (scale * StrictMath.cos(angle));
      }
    }
    return cosines;
  }

  private static float[] byPlace() {
    float[] byPlace = new float[SIDE * LOW];
    for (int i = 0; i < LOW; i++) {
      for (int j = 0; j < SIDE; j++) {
        byPlace[j * LOW + i] = COSINES[i * SIDE + j];
      }
    }
    return byPlace;
  }
}
