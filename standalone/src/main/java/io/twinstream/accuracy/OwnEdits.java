package io.twinstream.accuracy;

import io.twinstream.picture.ColourPicture;
import io.twinstream.picture.DecodedColours;
import io.twinstream.picture.PictureDecoder;
import io.twinstream.picture.RefusedPictureException;
import io.twinstream.schema.Orientation;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The edits that are made here. */
public final class OwnEdits implements Edits {
  private final PictureDecoder decoder;

  /**
   * Ready to use.
   *
   * @param maxPixels larger photographs are not edited
   */
  public OwnEdits(long maxPixels) {
    decoder = new PictureDecoder(maxPixels);
  }

  @Override
  public List<String> names() {
    return Arrays.stream(AccuracyEdit.values()).map(AccuracyEdit::slug).toList();
  }

  @Override
  public void of(Path photograph, byte[] file, Taker taker) {
    BufferedImage image;
    try {
      image = upright(decoder.decodeColours(file, Integer.MAX_VALUE, Integer.MAX_VALUE));
    } catch (RefusedPictureException e) {
      names().forEach(name -> taker.missing(name, e.getMessage()));
      return;
    }
    for (AccuracyEdit edit : AccuracyEdit.values()) {
      int side = edit.shorterSide(image.getWidth(), image.getHeight());
      if (side < AccuracyEdit.MIN_SIDE) {
        taker.missing(
            edit.slug(), "too small: %d × %d".formatted(image.getWidth(), image.getHeight()));
      } else {
        taker.edited(edit.slug(), edit.apply(image));
      }
    }
  }

  private static BufferedImage upright(DecodedColours decoded) {
    ColourPicture stored = decoded.colour();
    Orientation way = decoded.picture().header().orientation();
    byte[] bgr = stored.bgr();
    int width = way.swapsSides() ? stored.height() : stored.width();
    int height = way.swapsSides() ? stored.width() : stored.height();
    int[] pixels = new int[width * height];
    for (int i = 0; i < pixels.length; i++) {
      int at = 3 * way.storedIndex(i % width, i / width, stored.width(), stored.height());
      pixels[i] = (bgr[at + 2] & 0xFF) << 16 | (bgr[at + 1] & 0xFF) << 8 | (bgr[at] & 0xFF);
    }
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, width, height, pixels, 0, width);
    return image;
  }
}
