package io.twinstream.picture;

import io.twinstream.schema.Orientation;
import java.util.Objects;

/**
 * Luma (ITU-R BT.601) of a picture. Immutable as long as nobody writes to the array that it was
 * made of: it isn't copied, because it may be large.
 */
public final class GreyPicture {
  private final int width;
  private final int height;
  private final byte[] luma;

  /**
   * @param width pixels, 1 or more
   * @param height pixels, 1 or more
   * @param luma 0 (black) to 255 (white) as unsigned bytes, row by row from the top left
   * @throws IllegalArgumentException if there are not {@code width × height} values
   */
  public GreyPicture(int width, int height, byte[] luma) {
    if (width < 1 || height < 1 || luma.length != Math.multiplyExact(width, height)) {
      throw new IllegalArgumentException(
          "%d values are no picture of %d × %d".formatted(luma.length, width, height));
    }
    this.width = width;
    this.height = height;
    this.luma = luma;
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
  public byte[] luma() {
    return luma;
  }

  /**
   * A rectangle of it.
   *
   * @param x its left edge
   * @param y its upper edge
   * @throws IndexOutOfBoundsException if it lies outside
   */
  public GreyPicture part(int x, int y, int partWidth, int partHeight) {
    Objects.checkFromIndexSize(x, partWidth, width);
    Objects.checkFromIndexSize(y, partHeight, height);
    byte[] part = new byte[partWidth * partHeight];
    for (int row = 0; row < partHeight; row++) {
      System.arraycopy(luma, (y + row) * width + x, part, row * partWidth, partWidth);
    }
    return new GreyPicture(partWidth, partHeight, part);
  }

  /** This picture after that was done with it; itself where that is nothing. */
  public GreyPicture turned(Orientation orientation) {
    if (orientation == Orientation.UPRIGHT) {
      return this;
    }
    int newWidth = orientation.swapsSides() ? height : width;
    byte[] turned = new byte[luma.length];
    for (int i = 0; i < turned.length; i++) {
      turned[i] = luma[orientation.storedIndex(i % newWidth, i / newWidth, width, height)];
    }
    return new GreyPicture(newWidth, turned.length / newWidth, turned);
  }
}
