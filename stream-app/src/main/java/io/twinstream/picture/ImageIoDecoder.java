package io.twinstream.picture;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import io.twinstream.schema.FailureReason;
import io.twinstream.schema.ImageFormat;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;

/** Decodes with ImageIO and its plugins. Any number of threads. */
final class ImageIoDecoder {
  /** Beyond this every second pixel is left out while reading, or more, down to this. */
  private static final long PIXELS_IN_MEMORY = 16_000_000;

  /** libjpeg's words when a file ends within its pixels; it makes up the rest. */
  private static final String JPEG_ENDS = "premature end";

  private final Map<ImageFormat, ImageReaderSpi> readers = new EnumMap<>(ImageFormat.class);
  private final long pixelsInMemory;

  ImageIoDecoder() {
    this(PIXELS_IN_MEMORY);
  }

  /** Tests have less memory. */
  ImageIoDecoder(long pixelsInMemory) {
    this.pixelsInMemory = pixelsInMemory;
    for (ImageFormat format : ImageFormat.values()) {
      Iterator<ImageReader> found = ImageIO.getImageReadersByFormatName(format.toString());
      if (found.hasNext()) {
        readers.put(format, found.next().getOriginatingProvider());
      }
    }
  }

  /** All pixels, or why there are none. */
  PixelSink decode(byte[] file, PictureHeader header, Channels wanted, int scale)
      throws RefusedPictureException {
    ImageFormat format = header.format();
    ImageReaderSpi provider = readers.get(format);
    if (provider == null) {
      throw new RefusedPictureException(
          FailureReason.UNSUPPORTED_FORMAT, "pictures of the format " + format + " can't be read");
    }
    try {
      return read(file, header, provider, wanted, scale);
    } catch (IOException | RuntimeException e) {
      // Plugins answer broken input with exceptions of every kind.
      throw new RefusedPictureException(
          FailureReason.CORRUPT, "the %s file is broken: %s".formatted(format, sentence(e)), e);
    } catch (OutOfMemoryError e) {
      throw new RefusedPictureException(
          FailureReason.INTERNAL_ERROR, "there is not enough memory to decode the picture", e);
    }
  }

  private PixelSink read(
      byte[] file, PictureHeader header, ImageReaderSpi provider, Channels wanted, int scale)
      throws IOException, RefusedPictureException {
    ImageReader reader = provider.createReaderInstance();
    StringBuilder warnings = new StringBuilder();
    try (ImageInputStream input = new ByteArrayImageInputStream(file)) {
      reader.addIIOReadWarningListener((source, warning) -> warnings.append(warning).append('\n'));
      reader.setInput(input, false, true);
      int index = index(file, header);
      requireSize(header, reader.getWidth(index), reader.getHeight(index));
      BufferedImage image = reader.read(index, everyNth(step(header, scale)));
      if (warnings.indexOf(JPEG_ENDS) >= 0) {
        throw RefusedPictureException.corrupt("the jpeg file ends within its picture");
      }
      return collect(file, header, image, wanted, scale);
    } finally {
      reader.dispose();
    }
  }

  private PixelSink collect(
      byte[] file, PictureHeader header, BufferedImage image, Channels wanted, int scale)
      throws RefusedPictureException {
    int step = step(header, scale);
    PixelSink sink =
        new PixelSink(
            wanted,
            PixelSink.scaled(header.width(), step),
            PixelSink.scaled(header.height(), step),
            scale / step);
    if (header.format() == ImageFormat.GIF) {
      // The plugin gives the frame without what is around it.
      GifHeader gif =
          GifHeader.read(HeaderBytes.of(header.format(), file, ByteOrder.LITTLE_ENDIAN));
      BufferedRows.copy(image, gif.left(), gif.top(), sink);
    } else {
      BufferedRows.copy(image, 0, 0, sink);
    }
    return sink;
  }

  /** Plugins have their own opinions of a header, and take as much memory as they believe. */
  private static void requireSize(PictureHeader header, int width, int height)
      throws RefusedPictureException {
    boolean fits =
        switch (header.format()) {
          case GIF -> width <= header.width() && height <= header.height();
          // The plugin believes the directory, our header the picture itself.
          case ICO -> true;
          default -> width == header.width() && height == header.height();
        };
    if (!fits) {
      throw RefusedPictureException.corrupt(
          "the %s file has a picture of %s × %s pixels, its header says %s × %s"
              .formatted(header.format(), width, height, header.width(), header.height()));
    }
  }

  private static int index(byte[] file, PictureHeader header) throws RefusedPictureException {
    return header.format() == ImageFormat.ICO
        ? IconHeader.read(HeaderBytes.of(header.format(), file, ByteOrder.LITTLE_ENDIAN)).index()
        : 0;
  }

  private int step(PictureHeader header, int scale) {
    int step = 1;
    while (step < scale
        && header.format() != ImageFormat.GIF
        && header.pixels() / ((long) step * step) > pixelsInMemory) {
      step *= 2;
    }
    return step;
  }

  private static ImageReadParam everyNth(int step) {
    ImageReadParam param = new ImageReadParam();
    param.setSourceSubsampling(step, step, 0, 0);
    return param;
  }

  private static String sentence(Throwable e) {
    String message = e.getMessage();
    return message == null || message.isBlank()
        ? e.getClass().getSimpleName()
        : message.lines().findFirst().orElseThrow();
  }
}
