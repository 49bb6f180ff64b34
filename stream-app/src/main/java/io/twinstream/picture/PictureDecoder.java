package io.twinstream.picture;

import io.twinstream.picture.DecodedPicture.Decoder;
import io.twinstream.schema.FailureReason;
import io.twinstream.schema.ImageFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Decodes the first frame of a picture, no larger than it is needed, in this process: native code
 * and Java, so that a hostile file can cost time, memory or the process. Thread-safe.
 *
 * <p>A file that ends within its pixels is corrupt in every format; what comes after them, such as
 * an end marker, may be missing.
 */
public final class PictureDecoder {
  private static final int LARGEST_SCALE = 8;

  /** The most that all threads together decode at one moment, in pixels. */
  private static final int PIXELS_AT_ONCE = 64_000_000;

  private static final int PIXELS_A_PERMIT = 1_000;

  private final long maxPixels;
  private final OpenCvDecoder openCv = new OpenCvDecoder();
  private final ImageIoDecoder imageIo = new ImageIoDecoder();
  private final Semaphore memory =
      // Fair, or small pictures would keep a large one waiting for ever.
      new Semaphore(PIXELS_AT_ONCE / PIXELS_A_PERMIT, true);

  /**
   * Loads OpenCV's native libraries if nobody has.
   *
   * @param maxPixels pictures with more are refused by their header
   * @throws LinkageError if the libraries can't be loaded; its cause says what to do
   */
  public PictureDecoder(long maxPixels) {
    this.maxPixels = maxPixels;
  }

  /**
   * Decodes to grey.
   *
   * @param file the whole file; not changed, not kept
   * @param minSide pixels that the shorter side shall keep when the picture is scaled down while it
   *     is decoded; a shorter side that has fewer is not scaled
   * @throws RefusedPictureException if there is no picture to be had, with the reason
   */
  public DecodedPicture decode(byte[] file, int minSide) throws RefusedPictureException {
    PictureHeader header = header(file);
    int scale = scale(header, minSide, 1);
    Pixels pixels = decode(file, header, Channels.GREY, scale);
    return new DecodedPicture(header, pixels.sink.grey(), pixels.decoder, scale);
  }

  /**
   * Decodes to colours, and makes grey of them, otherwise like {@link #decode(byte[], int)}.
   *
   * @param minLongerSide likewise of the longer side
   * @throws RefusedPictureException if there is no picture to be had, with the reason
   */
  public DecodedColours decodeColours(byte[] file, int minSide, int minLongerSide)
      throws RefusedPictureException {
    PictureHeader header = header(file);
    int scale = scale(header, minSide, minLongerSide);
    Pixels pixels = decode(file, header, Channels.BGR, scale);
    return new DecodedColours(
        new DecodedPicture(header, pixels.sink.grey(), pixels.decoder, scale),
        pixels.sink.colour());
  }

  private record Pixels(PixelSink sink, Decoder decoder) {}

  private PictureHeader header(byte[] file) throws RefusedPictureException {
    PictureHeader header = PictureHeader.read(file);
    if (header.pixels() > maxPixels) {
      throw new RefusedPictureException(
          FailureReason.TOO_MANY_PIXELS,
          String.format(
              Locale.ROOT,
              "the picture has %d × %d pixels, at most %,d are allowed",
              header.width(),
              header.height(),
              maxPixels));
    }
    return header;
  }

  private static int scale(PictureHeader header, int minSide, int minLongerSide) {
    int shorter = Math.min(header.width(), header.height());
    int longer = Math.max(header.width(), header.height());
    int scale = LARGEST_SCALE;
    while (scale > 1
        && (PixelSink.scaled(shorter, scale) < minSide
            || PixelSink.scaled(longer, scale) < minLongerSide)) {
      scale /= 2;
    }
    return scale;
  }

  private Pixels decode(byte[] file, PictureHeader header, Channels wanted, int scale)
      throws RefusedPictureException {
    int permits = permits(header, scale);
    try {
      memory.acquire(permits);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedPictureException(FailureReason.INTERNAL_ERROR, "decoding was given up", e);
    }
    try {
      Optional<PixelSink> pixels = openCv.decode(file, header, wanted, scale);
      if (pixels.isPresent()) {
        return new Pixels(pixels.get(), Decoder.OPENCV);
      } else if (header.format() == ImageFormat.WEBP) {
        // OpenCV has the decoder of the format's authors. Others read more, and take minutes.
        throw RefusedPictureException.corrupt("the webp file is broken");
      }
      return new Pixels(imageIo.decode(file, header, wanted, scale), Decoder.IMAGEIO);
    } finally {
      memory.release(permits);
    }
  }

  /** How much of the common memory it takes. */
  private static int permits(PictureHeader header, int scale) {
    boolean neverWhole = header.format() == ImageFormat.JPEG && !header.wholeInMemory();
    long pixels = neverWhole ? header.pixels() / ((long) scale * scale) : header.pixels();
    return (int) Math.min(pixels, PIXELS_AT_ONCE) / PIXELS_A_PERMIT;
  }
}
