package io.twinstream.fingerprint;

import io.twinstream.schema.FailureReason;
import io.twinstream.schema.ImageFormat;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes the first frame of a picture in this process, with decoders written in Java, so that a
 * hostile file can cost time and memory but not the process. Thread-safe.
 */
final class PictureDecoder {
  /** The most that all threads together decode at one moment, in pixels. */
  private static final int PIXELS_AT_ONCE = 64_000_000;

  private static final int PIXELS_A_PERMIT = 1_000;

  private final long maxPixels;
  private final Map<ImageFormat, ImageReaderSpi> readers = new EnumMap<>(ImageFormat.class);
  private final Semaphore memory =
      // Fair, or small pictures would keep a large one waiting for ever.
      new Semaphore(PIXELS_AT_ONCE / PIXELS_A_PERMIT, true);

  /**
   * @param maxPixels larger pictures are refused by their header
   */
  PictureDecoder(long maxPixels) {
    this.maxPixels = maxPixels;
    for (ImageFormat format : ImageFormat.values()) {
      Iterator<ImageReader> found = ImageIO.getImageReadersByFormatName(format.toString());
      if (found.hasNext()) {
        readers.put(format, found.next().getOriginatingProvider());
      }
    }
  }

  /** A decoded picture. */
  record Picture(ImageFormat format, BufferedImage image) {}

  /** Decodes, or says why not. */
  Picture decode(byte[] file) throws RefusedPictureException {
    ImageFormat format =
        ImageFormat.detect(Arrays.copyOf(file, Math.min(file.length, ImageFormat.HEAD_BYTES)))
            .orElseThrow(() -> notAnImage(file));
    ImageReaderSpi provider = readers.get(format);
    if (provider == null) {
      throw new RefusedPictureException(
          FailureReason.UNSUPPORTED_FORMAT, "pictures of the format " + format + " can't be read");
    }
    try {
      return new Picture(format, read(file, provider));
    } catch (IOException | RuntimeException e) {
      // Decoders answer broken input with exceptions of every kind.
      throw new RefusedPictureException(
          FailureReason.CORRUPT, "the %s file is broken: %s".formatted(format, sentence(e)), e);
    } catch (OutOfMemoryError e) {
      throw new RefusedPictureException(
          FailureReason.INTERNAL_ERROR, "there is not enough memory to decode the picture", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedPictureException(FailureReason.INTERNAL_ERROR, "decoding was given up", e);
    }
  }

  private BufferedImage read(byte[] file, ImageReaderSpi provider)
      throws IOException, RefusedPictureException, InterruptedException {
    ImageReader reader = provider.createReaderInstance();
    try (ImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(input, false, true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      if (width < 1 || height < 1) {
        throw new IOException("its header says %d × %d pixels".formatted(width, height));
      }
      long pixels = (long) width * height;
      if (pixels > maxPixels) {
        throw new RefusedPictureException(
            FailureReason.TOO_MANY_PIXELS,
            String.format(
                Locale.ROOT,
                "the picture has %d × %d pixels, at most %,d are allowed",
                width,
                height,
                maxPixels));
      }
      int permits = (int) Math.min(pixels, PIXELS_AT_ONCE) / PIXELS_A_PERMIT;
      memory.acquire(permits);
      try {
        return reader.read(0);
      } finally {
        memory.release(permits);
      }
    } finally {
      reader.dispose();
    }
  }

  private static RefusedPictureException notAnImage(byte[] file) {
    return new RefusedPictureException(
        FailureReason.NOT_AN_IMAGE,
        file.length == 0
            ? "the file is empty"
            : "the file's first bytes are those of no known picture format");
  }

  private static String sentence(Throwable e) {
    String message = e.getMessage();
    return message == null || message.isBlank()
        ? e.getClass().getSimpleName()
        : message.lines().findFirst().orElseThrow();
  }
}
