package io.twinstream.fingerprint;

import io.twinstream.picture.ColourPicture;
import io.twinstream.picture.DecodedColours;
import io.twinstream.schema.Orientation;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 of a picture's upright pixels: width and height (32 bits each, big-endian), then blue,
 * green and red of each pixel on white, row by row from the top left. Files that keep the same
 * pixels in another way have the same digest.
 */
final class PixelDigest {
  private PixelDigest() {}

  /**
   * @param decoded at full size
   * @return 64 lower-case hexadecimal digits
   */
  static String of(DecodedColours decoded) {
    ColourPicture stored = decoded.colour();
    Orientation orientation = decoded.picture().header().orientation();
    boolean swaps = orientation.swapsSides();
    int width = swaps ? stored.height() : stored.width();
    int height = swaps ? stored.width() : stored.height();
    MessageDigest digest = sha256();
    digest.update(ByteBuffer.allocate(2 * Integer.BYTES).putInt(width).putInt(height).flip());
    if (orientation == Orientation.UPRIGHT) {
      digest.update(stored.bgr());
    } else {
      byte[] bgr = stored.bgr();
      byte[] row = new byte[3 * width];
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int at = 3 * orientation.storedIndex(x, y, stored.width(), stored.height());
          row[3 * x] = bgr[at];
          row[3 * x + 1] = bgr[at + 1];
          row[3 * x + 2] = bgr[at + 2];
        }
        digest.update(row);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
