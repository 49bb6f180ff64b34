package io.twinstream.picture;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_ANYDEPTH;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_GRAYSCALE;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_2;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_8;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_2;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_8;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_UNCHANGED;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

import io.twinstream.schema.ImageFormat;
import io.twinstream.schema.Orientation;
import java.nio.ByteOrder;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Decodes with OpenCV. What it takes outside of the heap is given back before it returns. Any
 * number of threads.
 */
final class OpenCvDecoder {
  OpenCvDecoder() {
    NativeLibraries.load();
  }

  /** All pixels, unless OpenCV can't read them, or not rightly. */
  Optional<PixelSink> decode(byte[] file, PictureHeader header, Channels wanted, int scale)
      throws RefusedPictureException {
    Optional<byte[]> right = right(file, header);
    if (right.isEmpty()) {
      return Optional.empty();
    }
    try (BytePointer bytes = new BytePointer(right.get());
        Mat encoded = new Mat(1, right.get().length, opencv_core.CV_8U, bytes);
        Mat pixels = imdecode(encoded, mode(header, wanted, scale))) {
      // Only libjpeg scales as it should; for other formats OpenCV leaves out pixels.
      int left = header.format() == ImageFormat.JPEG ? 1 : scale;
      PixelSink sink =
          new PixelSink(
              wanted,
              PixelSink.scaled(header.width(), scale / left),
              PixelSink.scaled(header.height(), scale / left),
              left);
      return pixels.cols() == sink.width() && pixels.rows() == sink.height()
          ? copy(pixels, sink)
          : Optional.empty();
    } catch (RuntimeException e) {
      // So comes what C++ throws, with nothing to tell one thing from another.
      return Optional.empty();
    }
  }

  /**
   * It has no icons and no Photoshop files; where grey has one transparent level it forgets which;
   * it drops the alpha of some TIFF files and multiplies it into the colours of others; and those
   * that have an orientation it turns, however much one asks it not to. Around the frame of a GIF
   * it puts a colour that is said to be for that and that nobody else looks at. Of 16 bits of grey
   * it forgets that white was 0. Of a chunk of a PNG file that is cut off it would take as much
   * memory as the chunk claims to need, which takes seconds.
   *
   * @return the file for OpenCV, empty if it isn't for it
   */
  private static Optional<byte[]> right(byte[] file, PictureHeader header)
      throws RefusedPictureException {
    boolean right =
        switch (header.format()) {
          case JPEG, BMP, WEBP -> true;
          case GIF ->
              !GifHeader.read(HeaderBytes.of(ImageFormat.GIF, file, ByteOrder.LITTLE_ENDIAN))
                  .partial();
          case PNG -> !(header.grey() && header.transparent());
          case TIFF ->
              !header.transparent()
                  && header.orientation() == Orientation.UPRIGHT
                  && !TiffHeader.isDeepAndInverted(file);
          case ICO, PSD, JPEG2000, JPEGXL, AVIF, HEIC -> false;
        };
    return header.format() == ImageFormat.PNG && right
        ? PngHeader.whole(file)
        : Optional.of(file).filter(_ -> right);
  }

  private static int mode(PictureHeader header, Channels wanted, int scale) {
    if (header.transparent()) {
      return IMREAD_UNCHANGED;
    }
    boolean grey = wanted == Channels.GREY;
    if (header.format() != ImageFormat.JPEG) {
      // Each codec makes grey of colours, and eight bits of sixteen, in its own way.
      int mode = grey && header.grey() ? IMREAD_GRAYSCALE : IMREAD_COLOR;
      return mode | IMREAD_ANYDEPTH | IMREAD_IGNORE_ORIENTATION;
    }
    int mode =
        switch (scale) {
          case 1 -> grey ? IMREAD_GRAYSCALE : IMREAD_COLOR;
          case 2 -> grey ? IMREAD_REDUCED_GRAYSCALE_2 : IMREAD_REDUCED_COLOR_2;
          case 4 -> grey ? IMREAD_REDUCED_GRAYSCALE_4 : IMREAD_REDUCED_COLOR_4;
          case 8 -> grey ? IMREAD_REDUCED_GRAYSCALE_8 : IMREAD_REDUCED_COLOR_8;
          default -> throw new IllegalArgumentException("no scale: " + scale);
        };
    return mode | IMREAD_IGNORE_ORIENTATION;
  }

  private static Optional<PixelSink> copy(Mat pixels, PixelSink sink) {
    int bytesASample = pixels.depth() == opencv_core.CV_16U ? 2 : 1;
    if (bytesASample == 1 && pixels.depth() != opencv_core.CV_8U) {
      return Optional.empty();
    }
    int channels = pixels.channels();
    if (bytesASample == 1 && channels == Channels.BGR.count() && sink.wantsLuma()) {
      try (Mat grey = new Mat()) {
        opencv_imgproc.cvtColor(pixels, grey, opencv_imgproc.COLOR_BGR2GRAY);
        return copy(grey, sink);
      }
    }
    Channels given = channels == 1 ? Channels.GREY : Channels.BGR;
    if (bytesASample == 1
        && channels == given.count()
        && sink.takesAsTheyAre(given)
        && pixels.isContinuous()) {
      pixels.data().get(sink.allAtOnce());
      if (given == Channels.BGR) {
        luma(pixels, sink.lumaAtOnce());
      }
      return Optional.of(sink);
    }
    int width = pixels.cols();
    byte[] row = new byte[width * channels * bytesASample];
    byte[] opaque = new byte[width * given.count()];
    BytePointer data = pixels.data();
    long rowStep = pixels.step();
    for (int y = 0; y < pixels.rows(); y++) {
      data.position(y * rowStep).get(row);
      onWhite(row, channels, bytesASample, opaque);
      if (given == Channels.GREY) {
        sink.addGrey(opaque);
      } else {
        sink.addBgr(opaque);
      }
    }
    return Optional.of(sink);
  }

  /** Six times as fast as Java goes over colours. */
  private static void luma(Mat bgr, byte[] luma) {
    try (Mat grey = new Mat()) {
      opencv_imgproc.cvtColor(bgr, grey, opencv_imgproc.COLOR_BGR2GRAY);
      grey.data().get(luma);
    }
  }

  /**
   * Samples of two bytes have the higher one last, as the machines that there are libraries for.
   */
  private static void onWhite(byte[] row, int channels, int bytesASample, byte[] opaque) {
    int high = bytesASample - 1;
    int kept = Math.min(channels, Channels.BGR.count());
    int to = 0;
    for (int from = 0; from < row.length; from += channels * bytesASample) {
      int alpha = channels == 4 ? row[from + 3 * bytesASample + high] & 0xFF : 255;
      for (int c = 0; c < kept; c++) {
        opaque[to++] = (byte) Luma.onWhite(row[from + c * bytesASample + high] & 0xFF, alpha);
      }
    }
  }
}
