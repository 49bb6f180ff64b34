package io.twinstream.picture;

import io.twinstream.schema.ImageFormat;
import io.twinstream.schema.Orientation;

/**
 * Blocks of a GIF file (CompuServe, GIF89a).
 *
 * @param left how far the first frame is from the left edge of the picture
 * @param top how far it is from the upper one
 * @param partial whether it leaves some of the picture free
 */
record GifHeader(PictureHeader header, int left, int top, boolean partial) {
  private static final int EXTENSION = 0x21;
  private static final int GRAPHIC_CONTROL = 0xF9;
  private static final int IMAGE = 0x2C;

  static GifHeader read(HeaderBytes bytes) throws RefusedPictureException {
    Blocks blocks = new Blocks(bytes);
    blocks.walk();
    return new GifHeader(
        new PictureHeader(
            ImageFormat.GIF,
            blocks.width,
            blocks.height,
            Math.max(1, blocks.frames),
            Orientation.UPRIGHT,
            false,
            blocks.transparent,
            false),
        blocks.left,
        blocks.top,
        blocks.partial);
  }

  /** What they have said so far. */
  private static final class Blocks {
    private final HeaderBytes bytes;
    private int width;
    private int height;
    private int left;
    private int top;
    private int frames;
    private boolean partial;
    private boolean transparent;

    private Blocks(HeaderBytes bytes) throws RefusedPictureException {
      this.bytes = bytes;
      this.width = bytes.u16(6);
      this.height = bytes.u16(8);
    }

    private void walk() throws RefusedPictureException {
      long at = 13L + colourTable(bytes.u8(10));
      while (at < bytes.size()) {
        int kind = bytes.u8(at);
        if (kind == EXTENSION && at + 4 < bytes.size()) {
          if (frames == 0 && bytes.u8(at + 1) == GRAPHIC_CONTROL) {
            transparent = (bytes.u8(at + 3) & 1) != 0;
          }
          at = afterData(at + 2);
        } else if (kind == IMAGE && at + 10 < bytes.size()) {
          if (frames == 0) {
            firstFrame(at);
          }
          frames++;
          at = afterData(at + 11 + colourTable(bytes.u8(at + 9)));
        } else {
          return;
        }
      }
    }

    private void firstFrame(long at) throws RefusedPictureException {
      left = bytes.u16(at + 1);
      top = bytes.u16(at + 3);
      int frameWidth = bytes.u16(at + 5);
      int frameHeight = bytes.u16(at + 7);
      // As browsers do, where the frame doesn't fit into the picture.
      width = Math.max(width, left + frameWidth);
      height = Math.max(height, top + frameHeight);
      // Around a frame that is smaller than the picture there is nothing.
      partial = frameWidth < width || frameHeight < height;
      transparent |= partial;
    }

    private long afterData(long from) throws RefusedPictureException {
      long at = from;
      while (at < bytes.size() && bytes.u8(at) != 0) {
        at += 1 + bytes.u8(at);
      }
      return at + 1;
    }

    /** How many bytes it takes. */
    private static int colourTable(int flags) {
      return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
    }
  }
}
