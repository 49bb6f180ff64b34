package io.twinstream.picture;

import java.awt.image.BufferedImage;

/** Luma (ITU-R BT.601) of pictures as Java 2D keeps them; transparency lies on white. */
public final class BufferedLuma {
  private static final int UNSCALED = 1;

  private BufferedLuma() {}

  /** The luma of a picture of any type. */
  public static GreyPicture of(BufferedImage image) {
    PixelSink sink = new PixelSink(Channels.GREY, image.getWidth(), image.getHeight(), UNSCALED);
    BufferedRows.copy(image, 0, 0, sink);
    return sink.grey();
  }
}
