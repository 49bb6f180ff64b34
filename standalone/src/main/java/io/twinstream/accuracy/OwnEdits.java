package io.twinstream.accuracy;

import io.twinstream.picture.ColourPicture;
import io.twinstream.picture.DecodedColours;
import io.twinstream.picture.PictureDecoder;
import io.twinstream.picture.RefusedPictureException;
import io.twinstream.schema.Orientation;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The edits that are made here. */
public final class OwnEdits implements Edits {
  private final List<AccuracyEdit> edits;
  private final long maxPixels;
  private final PictureDecoder decoder;

  /**
   * Ready to use.
   *
   * @param maxPixels larger photographs are not edited, larger edits not made
   */
  public OwnEdits(List<AccuracyEdit> edits, long maxPixels) {
    this.edits = List.copyOf(edits);
    this.maxPixels = maxPixels;
    decoder = new PictureDecoder(maxPixels);
  }

  @Override
  public List<String> names() {
    return edits.stream().map(AccuracyEdit::slug).toList();
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
    long pixels = (long) image.getWidth() * image.getHeight();
    for (AccuracyEdit edit : edits) {
      if (edit.shorterSide(image.getWidth(), image.getHeight()) < AccuracyEdit.MIN_SIDE) {
        taker.missing(
            edit.slug(),
            "less than %d pixels would be left of a side".formatted(AccuracyEdit.MIN_SIDE));
      } else if (edit == AccuracyEdit.DOUBLE && 4 * pixels > maxPixels) {
        taker.missing(
            edit.slug(),
            String.format(Locale.ROOT, "it would have more than %,d pixels", maxPixels));
      } else {
        taker.edited(edit.slug(), edit.apply(image));
      }
    }
  }

  @Override
  public List<String> unused() {
    return List.of();
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
