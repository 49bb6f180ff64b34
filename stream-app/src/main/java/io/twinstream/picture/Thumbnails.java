package io.twinstream.picture;

import io.twinstream.schema.Orientation;
import io.twinstream.schema.Thumbnail;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** Makes thumbnails of decoded pictures. Thread-safe. */
public final class Thumbnails {
  /**
   * JPEG's measure of quality, 1 to 100. Photographs need the first; of pure noise, the worst that
   * can come, the last makes half of what a thumbnail may have.
   */
  private static final int[] QUALITIES = {80, 60, 40, 20};

  private Thumbnails() {}

  /**
   * The thumbnail of a picture: no larger than it, its longer side {@value Thumbnail#SIDE} pixels
   * if it has as many.
   */
  public static Thumbnail of(DecodedColours decoded) {
    NativeLibraries.load();
    ColourPicture stored = decoded.colour();
    Orientation orientation = decoded.picture().header().orientation();
    double longer = Math.max(stored.width(), stored.height());
    double factor = Math.min(1, Thumbnail.SIDE / longer);
    ColourPicture small =
        shrunk(stored, side(stored.width(), factor), side(stored.height(), factor))
            .turned(orientation);
    return encoded(small);
  }

  private static int side(int pixels, double factor) {
    return Math.max(1, (int) Math.round(pixels * factor));
  }

  /** Each new pixel is the mean of the area that it covers. */
  static ColourPicture shrunk(ColourPicture picture, int width, int height) {
    try (BytePointer bgr = new BytePointer(picture.bgr());
        Mat whole = new Mat(picture.height(), picture.width(), opencv_core.CV_8UC3, bgr);
        Mat small = new Mat();
        Size size = new Size(width, height)) {
      opencv_imgproc.resize(whole, small, size, 0, 0, opencv_imgproc.INTER_AREA);
      byte[] shrunk = new byte[Channels.BGR.count() * width * height];
      small.data().get(shrunk);
      return new ColourPicture(width, height, shrunk);
    }
  }

  private static Thumbnail encoded(ColourPicture small) {
    try (BytePointer bgr = new BytePointer(small.bgr());
        Mat mat = new Mat(small.height(), small.width(), opencv_core.CV_8UC3, bgr)) {
      for (int quality : QUALITIES) {
        byte[] jpeg = encode(mat, quality);
        if (jpeg.length <= Thumbnail.MAX_BYTES) {
          return Thumbnail.of(jpeg);
        }
      }
    }
    throw new IllegalStateException(
        "a thumbnail of %s × %s pixels has more than %s bytes at any quality"
            .formatted(small.width(), small.height(), Thumbnail.MAX_BYTES));
  }

  private static byte[] encode(Mat mat, int quality) {
    try (BytePointer jpeg = new BytePointer();
        IntPointer settings = new IntPointer(opencv_imgcodecs.IMWRITE_JPEG_QUALITY, quality)) {
      if (!opencv_imgcodecs.imencode(".jpg", mat, jpeg, settings)) {
        throw new IllegalStateException("OpenCV makes no JPEG file of a thumbnail");
      }
      byte[] bytes = new byte[(int) jpeg.limit()];
      jpeg.get(bytes);
      return bytes;
    }
  }
}
