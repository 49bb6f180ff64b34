package io.twinstream.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferInt;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;

/** Luma (ITU-R BT.601) of pictures as Java 2D keeps them; transparency lies on white. */
public final class BufferedLuma {
  // In fixed point; together they are 1, so that grey stays as it is.
  private static final int BITS = 14;
  private static final int RED = 4899;
  private static final int GREEN = 9617;
  private static final int BLUE = 1868;
  private static final int HALF = 1 << (BITS - 1);

  private BufferedLuma() {}

  /** The luma of a picture of any type. */
  public static GreyPicture of(BufferedImage image) {
    BufferedImage source = readable(image);
    byte[] luma = new byte[source.getWidth() * source.getHeight()];
    switch (source.getType()) {
      case BufferedImage.TYPE_BYTE_GRAY ->
          System.arraycopy(
              ((DataBufferByte) source.getRaster().getDataBuffer()).getData(),
              0,
              luma,
              0,
              luma.length);
      case BufferedImage.TYPE_3BYTE_BGR -> {
        byte[] data = ((DataBufferByte) source.getRaster().getDataBuffer()).getData();
        for (int i = 0, at = 0; i < luma.length; i++, at += 3) {
          luma[i] = luma(data[at + 2] & 0xFF, data[at + 1] & 0xFF, data[at] & 0xFF);
        }
      }
      case BufferedImage.TYPE_INT_RGB -> {
        int[] data = ((DataBufferInt) source.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < luma.length; i++) {
          luma[i] = luma((data[i] >> 16) & 0xFF, (data[i] >> 8) & 0xFF, data[i] & 0xFF);
        }
      }
      default -> throw new IllegalStateException("not a readable type: " + source.getType());
    }
    return new GreyPicture(source.getWidth(), source.getHeight(), luma);
  }

  private static byte luma(int red, int green, int blue) {
    return (byte) ((RED * red + GREEN * green + BLUE * blue + HALF) >> BITS);
  }

  /** The picture itself where its pixels lie as they are read above, else a copy. */
  private static BufferedImage readable(BufferedImage image) {
    int type = image.getType();
    boolean direct =
        type == BufferedImage.TYPE_BYTE_GRAY
            || type == BufferedImage.TYPE_3BYTE_BGR
            || type == BufferedImage.TYPE_INT_RGB;
    if (direct && isContiguous(image)) {
      return image;
    }
    if ((type == BufferedImage.TYPE_CUSTOM
            || type == BufferedImage.TYPE_BYTE_GRAY
            || type == BufferedImage.TYPE_USHORT_GRAY)
        && isGrey(image.getColorModel())) {
      return greyOnWhite(image);
    }
    BufferedImage copy =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = copy.createGraphics();
    graphics.drawImage(image, 0, 0, Color.WHITE, null);
    graphics.dispose();
    return copy;
  }

  private static boolean isGrey(ColorModel model) {
    return model instanceof ComponentColorModel
        && model.getColorSpace().getType() == ColorSpace.TYPE_GRAY
        && model.getComponentSize(0) <= 16
        && !model.isAlphaPremultiplied();
  }

  /**
   * Grey, level by level. To Java 2D its levels are linear light, and drawing it would brighten
   * them, so that it would no longer look like the same picture kept in another way.
   */
  private static BufferedImage greyOnWhite(BufferedImage image) {
    int width = image.getWidth();
    BufferedImage copy = new BufferedImage(width, image.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
    Raster from = image.getRaster();
    boolean opaque = from.getNumBands() == 1;
    float white = (1 << image.getColorModel().getComponentSize(0)) - 1;
    int[] levels = new int[width];
    int[] alphas = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      from.getSamples(0, y, width, 1, 0, levels);
      if (!opaque) {
        from.getSamples(0, y, width, 1, 1, alphas);
      }
      for (int x = 0; x < width; x++) {
        float cover = opaque ? 1 : alphas[x] / white;
        levels[x] = Math.round(255 * (1 - cover + cover * levels[x] / white));
      }
      copy.getRaster().setSamples(0, y, width, 1, 0, levels);
    }
    return copy;
  }

  private static boolean isContiguous(BufferedImage image) {
    return image.getRaster().getParent() == null
        && (!(image.getRaster().getSampleModel() instanceof PixelInterleavedSampleModel model)
            || model.getScanlineStride() == image.getWidth() * model.getPixelStride());
  }
}
