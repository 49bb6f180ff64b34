package io.twinstream.picture;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/** Writes WebP files, which ImageIO can't. Any number of threads. */
public final class WebpEncoder {
  private WebpEncoder() {}

  /**
   * The picture as a file, with loss.
   *
   * @param quality 1 to 100
   * @throws IllegalArgumentException if the format can't hold the picture, for its size
   */
  public static byte[] encode(ColourPicture picture, int quality) {
    NativeLibraries.load();
    try (BytePointer bytes = new BytePointer(picture.bgr());
        Mat pixels = new Mat(picture.height(), picture.width(), opencv_core.CV_8UC3, bytes);
        BytePointer file = new BytePointer();
        IntPointer options = new IntPointer(opencv_imgcodecs.IMWRITE_WEBP_QUALITY, quality)) {
      opencv_imgcodecs.imencode(".webp", pixels, file, options);
      byte[] copy = new byte[Math.toIntExact(file.limit())];
      file.get(copy);
      return copy;
    } catch (RuntimeException e) {
      // So comes what C++ throws.
      throw new IllegalArgumentException(
          "no WebP file can hold a picture of %s × %s".formatted(picture.width(), picture.height()),
          e);
    }
  }
}
