package io.twinstream.picture;

/**
 * Takes an opaque picture row by row, in grey or in colours, and keeps what is wanted of it: the
 * mean of every square of {@code scale × scale} pixels (fewer at the right and lower edges), so
 * that no more than a row is held at full size. Used by one thread.
 */
final class PixelSink {
  private final Channels channels;
  private final int width;
  private final int height;
  private final int scale;
  private final byte[] samples;
  private final byte[] converted;
  private final int[] sums;
  private int rows;
  private byte[] luma = {};

  /**
   * @param width of the rows that will come
   * @param height how many will come
   */
  PixelSink(Channels channels, int width, int height, int scale) {
    this.channels = channels;
    this.width = width;
    this.height = height;
    this.scale = scale;
    int rowLength = channels.count() * scaled(width, scale);
    this.samples = new byte[Math.multiplyExact(rowLength, scaled(height, scale))];
    this.converted = new byte[channels.count() * width];
    this.sums = new int[scale == 1 ? 0 : rowLength];
  }

  /** A side that has been divided by the scale, as libjpeg rounds it. */
  static int scaled(int side, int scale) {
    return Math.ceilDiv(side, scale);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Whether pixels of that kind are kept as they come, so that they can all come at once. */
  boolean takesAsTheyAre(Channels given) {
    return given == channels && scale == 1;
  }

  /** Whether of colours only their luma is kept. */
  boolean wantsLuma() {
    return channels == Channels.GREY;
  }

  /** To be filled with all rows, where {@link #takesAsTheyAre}. */
  byte[] allAtOnce() {
    rows = height;
    return samples;
  }

  /**
   * To be filled with the luma of colours that come {@link #allAtOnce}, unless it is left to us.
   */
  byte[] lumaAtOnce() {
    luma = new byte[width * height];
    return luma;
  }

  /** The next row, a value a pixel. It isn't kept. */
  void addGrey(byte[] luma) {
    if (channels == Channels.GREY) {
      add(luma);
      return;
    }
    for (int x = 0; x < width; x++) {
      converted[3 * x] = luma[x];
      converted[3 * x + 1] = luma[x];
      converted[3 * x + 2] = luma[x];
    }
    add(converted);
  }

  /** The next row, three values a pixel. It isn't kept. */
  void addBgr(byte[] bgr) {
    if (channels == Channels.BGR) {
      add(bgr);
    } else {
      Luma.ofBgr(bgr, converted);
      add(converted);
    }
  }

  /** What was kept, once all rows are there; of colours their luma. */
  GreyPicture grey() {
    if (channels == Channels.BGR && luma.length == 0) {
      return colour().toGrey();
    }
    byte[] grey = channels == Channels.GREY ? complete() : luma;
    return new GreyPicture(scaled(width, scale), scaled(height, scale), grey);
  }

  /** What was kept, once all rows are there and if that is colours. */
  ColourPicture colour() {
    return new ColourPicture(scaled(width, scale), scaled(height, scale), complete());
  }

  private byte[] complete() {
    if (rows != height) {
      throw new IllegalStateException("%s of %s rows are there".formatted(rows, height));
    }
    return samples;
  }

  private void add(byte[] row) {
    int count = channels.count();
    int rowLength = count * scaled(width, scale);
    int y = rows++;
    if (scale == 1) {
      System.arraycopy(row, 0, samples, y * rowLength, rowLength);
      return;
    }
    for (int x = 0; x < width; x++) {
      int to = x / scale * count;
      for (int c = 0; c < count; c++) {
        sums[to + c] += row[x * count + c] & 0xFF;
      }
    }
    if (rows % scale == 0 || rows == height) {
      write(y / scale * rowLength, y % scale + 1);
    }
  }

  private void write(int at, int summedRows) {
    for (int i = 0; i < sums.length; i++) {
      int summed = summedRows * Math.min(scale, width - i / channels.count() * scale);
      samples[at + i] = (byte) ((sums[i] + summed / 2) / summed);
      sums[i] = 0;
    }
  }
}
