package io.twinstream.picture;

import io.twinstream.schema.Orientation;

/**
 * Colours of a picture as its file has them: colour profiles are not applied. Immutable as long as
 * nobody writes to the array that it was made of: it isn't copied, because it may be large.
 */
public final class ColourPicture {
  private final int width;
  private final int height;
  private final byte[] bgr;

  /**
   * @param width pixels, 1 or more
   * @param height pixels, 1 or more
   * @param bgr blue, green and red of each pixel as unsigned bytes, row by row from the top left
   * @throws IllegalArgumentException if there are not {@code 3 × width × height} values
   */
  public ColourPicture(int width, int height, byte[] bgr) {
    if (width < 1 || height < 1 || bgr.length != Math.multiplyExact(3L, (long) width * height)) {
      throw new IllegalArgumentException(
          "%s values are no colour picture of %s × %s".formatted(bgr.length, width, height));
    }
    this.width = width;
    this.height = height;
    this.bgr = bgr;
  }

  /** Pixels. */
  public int width() {
    return width;
  }

  /** Pixels. */
  public int height() {
    return height;
  }

  /** The values themselves, not to be written to. */
  public byte[] bgr() {
    return bgr;
  }

  /** This picture after that was done with it; itself where that is nothing. */
  ColourPicture turned(Orientation orientation) {
    if (orientation == Orientation.UPRIGHT) {
      return this;
    }
    int newWidth = orientation.swapsSides() ? height : width;
    int newHeight = orientation.swapsSides() ? width : height;
    byte[] turned = new byte[bgr.length];
    for (int i = 0; i < newWidth * newHeight; i++) {
      int from = orientation.storedIndex(i % newWidth, i / newWidth, width, height);
      System.arraycopy(bgr, 3 * from, turned, 3 * i, 3);
    }
    return new ColourPicture(newWidth, newHeight, turned);
  }

  /** Its luma, in an array of its own. */
  public GreyPicture toGrey() {
    byte[] luma = new byte[width * height];
    Luma.ofBgr(bgr, luma);
    return new GreyPicture(width, height, luma);
  }
}
