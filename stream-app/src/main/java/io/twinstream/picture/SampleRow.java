package io.twinstream.picture;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;

/**
 * One row after another of a picture whose samples are grey, red, green and blue, or four inks,
 * with or without alpha. Colour profiles are not applied.
 */
final class SampleRow {
  private final Raster raster;
  private final int bands;
  private final int colours;
  private final boolean premultiplied;
  private final boolean fractions;
  private final int bits;
  private final int[] samples;

  /** A value of 8 bits for each of fewer bits; of more the high ones count. */
  private final int factor;

  SampleRow(BufferedImage image) {
    ColorModel model = image.getColorModel();
    this.raster = image.getRaster();
    this.bands = raster.getNumBands();
    this.colours = model.getNumColorComponents();
    this.premultiplied = model.isAlphaPremultiplied();
    this.fractions =
        raster.getTransferType() == DataBuffer.TYPE_FLOAT
            || raster.getTransferType() == DataBuffer.TYPE_DOUBLE;
    this.bits = model.getComponentSize(0);
    this.factor = bits < 8 ? 255 / ((1 << bits) - 1) : 1;
    this.samples = new int[bands * image.getWidth()];
  }

  /** The row that is written next. */
  void read(int y) {
    if (fractions) {
      float[] parts = raster.getPixels(0, y, raster.getWidth(), 1, (float[]) null);
      for (int i = 0; i < samples.length; i++) {
        samples[i] = Math.clamp(Math.round(255 * parts[i]), 0, 255);
      }
      return;
    }
    raster.getPixels(0, y, raster.getWidth(), 1, samples);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = bits > 8 ? samples[i] >>> (bits - 8) : samples[i] * factor;
    }
  }

  /**
   * Writes the row, as far as the picture shows it, on white.
   *
   * @param opaque luma, or blue, green and red
   * @param from where to begin, in values
   * @param pixels how many
   */
  void onWhite(byte[] opaque, int from, int pixels) {
    int kept = Math.min(colours, 3);
    int to = from;
    for (int at = 0; at < pixels * bands; at += bands) {
      int alpha = bands == colours ? 255 : samples[at + colours];
      // As libtiff mixes inks.
      int light = colours == 4 ? 255 - samples[at + 3] : 255;
      for (int c = kept - 1; c >= 0; c--) {
        int value = samples[at + c];
        int colour = colours == 4 ? light * (255 - value) / 255 : value;
        opaque[to++] = (byte) covered(colour, alpha);
      }
    }
  }

  private int covered(int value, int alpha) {
    return premultiplied ? Math.min(255, value + 255 - alpha) : Luma.onWhite(value, alpha);
  }
}
