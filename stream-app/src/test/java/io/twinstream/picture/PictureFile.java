package io.twinstream.picture;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;

/** Files of pictures, in memory: written by others' encoders, changed by hand. */
final class PictureFile {
  private static final int PNG_AFTER_HEADER = 33;

  private PictureFile() {}

  /** By ImageIO. */
  static byte[] of(BufferedImage image, String format) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, file)) {
        throw new IllegalArgumentException("no writer for " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }

  /** By ImageIO, PNG as Adam7, JPEG with successive scans. */
  static byte[] interlaced(BufferedImage image, String format) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    return write(writer, new IIOImage(image, null, null), param);
  }

  /** Four bands as they are: CMYK without a word about it. */
  static byte[] jpegOfFourBands(BufferedImage image) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    return write(
        writer, new IIOImage(image.getRaster(), null, null), writer.getDefaultWriteParam());
  }

  private static byte[] write(ImageWriter writer, IIOImage image, ImageWriteParam param) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file)) {
      writer.setOutput(out);
      writer.write(null, image, param);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return file.toByteArray();
  }

  /** By OpenCV, with its parameters as pairs; with alpha if the image has it. */
  static byte[] openCv(BufferedImage image, String extension, int... parameters) {
    NativeLibraries.load();
    int channels = image.getColorModel().hasAlpha() ? 4 : 3;
    byte[] pixels = new byte[channels * image.getWidth() * image.getHeight()];
    for (int i = 0; i < pixels.length / channels; i++) {
      int argb = image.getRGB(i % image.getWidth(), i / image.getWidth());
      for (int c = 0; c < channels; c++) {
        pixels[i * channels + c] = (byte) (argb >> (8 * c));
      }
    }
    int type = channels == 4 ? opencv_core.CV_8UC4 : opencv_core.CV_8UC3;
    try (Mat mat = new Mat(image.getHeight(), image.getWidth(), type);
        BytePointer encoded = new BytePointer();
        IntPointer more = new IntPointer(parameters)) {
      mat.data().put(pixels);
      opencv_imgcodecs.imencode(extension, mat, encoded, more);
      byte[] file = new byte[(int) encoded.limit()];
      encoded.get(file);
      return file;
    }
  }

  /** By OpenCV, each frame for a second. */
  static byte[] animation(String extension, BufferedImage... frames) {
    NativeLibraries.load();
    try (opencv_imgcodecs.Animation animation = new opencv_imgcodecs.Animation();
        BytePointer encoded = new BytePointer()) {
      MatVector mats = new MatVector();
      for (BufferedImage frame : frames) {
        Mat mat = new Mat(frame.getHeight(), frame.getWidth(), opencv_core.CV_8UC3);
        mat.data().put(((DataBufferByte) frame.getRaster().getDataBuffer()).getData());
        mats.push_back(mat);
      }
      int[] durations = new int[frames.length];
      Arrays.fill(durations, 1000);
      animation.frames(mats).durations(new IntPointer(durations));
      opencv_imgcodecs.imencodeanimation(extension, animation, encoded);
      byte[] file = new byte[(int) encoded.limit()];
      encoded.get(file);
      return file;
    }
  }

  /** A GIF whose frame begins at that place of a larger picture. */
  static byte[] gifInLargerCanvas(BufferedImage image, int width, int height, int left, int top) {
    ByteBuffer gif = ByteBuffer.wrap(of(image, "gif")).order(ByteOrder.LITTLE_ENDIAN);
    int flags = gif.get(10);
    int block = 13 + (flags < 0 ? 3 << ((flags & 7) + 1) : 0);
    // Extensions before the frame, each of blocks of data.
    while (gif.get(block) != ',') {
      block += 2;
      while (gif.get(block) != 0) {
        block += 1 + (gif.get(block) & 0xFF);
      }
      block++;
    }
    gif.putShort(6, (short) width).putShort(8, (short) height);
    return gif.putShort(block + 1, (short) left).putShort(block + 3, (short) top).array();
  }

  static byte[] losslessWebp(BufferedImage image) {
    return openCv(image, ".webp", opencv_imgcodecs.IMWRITE_WEBP_QUALITY, 101);
  }

  static byte[] progressiveJpeg(BufferedImage image) {
    return openCv(image, ".jpg", opencv_imgcodecs.IMWRITE_JPEG_PROGRESSIVE, 1);
  }

  /** Exif data with one entry, the orientation. */
  static byte[] exif(int orientation, ByteOrder order) {
    ByteBuffer data = ByteBuffer.allocate(26).order(order);
    data.put(ascii(order == ByteOrder.BIG_ENDIAN ? "MM" : "II")).putShort((short) 42).putInt(8);
    data.putShort((short) 1).putShort((short) 274).putShort((short) 3).putInt(1);
    return data.putShort((short) orientation).putShort((short) 0).putInt(0).array();
  }

  static byte[] jpegWithExif(byte[] jpeg, byte[] exif) {
    ByteBuffer segment = ByteBuffer.allocate(4 + 6 + exif.length);
    segment.putShort((short) 0xFFE1).putShort((short) (8 + exif.length));
    return inserted(jpeg, 2, segment.put(ascii("Exif\0\0")).put(exif).array());
  }

  static byte[] jpegWithSegment(byte[] jpeg, int marker, byte[] body) {
    ByteBuffer segment = ByteBuffer.allocate(4 + body.length);
    segment.putShort((short) (0xFF00 | marker)).putShort((short) (2 + body.length)).put(body);
    return inserted(jpeg, 2, segment.array());
  }

  /** A chunk right after the header. */
  static byte[] pngWithChunk(byte[] png, String type, byte[] data) {
    ByteBuffer chunk = ByteBuffer.allocate(12 + data.length);
    chunk.putInt(data.length).put(ascii(type)).put(data);
    CRC32 check = new CRC32();
    check.update(chunk.array(), 4, 4 + data.length);
    return inserted(png, PNG_AFTER_HEADER, chunk.putInt((int) check.getValue()).array());
  }

  /** A simple WebP file as an extended one with Exif data after the picture. */
  static byte[] webpWithExif(byte[] webp, int width, int height, byte[] exif) {
    int padded = exif.length + exif.length % 2;
    ByteBuffer file =
        ByteBuffer.allocate(webp.length + 18 + 8 + padded).order(ByteOrder.LITTLE_ENDIAN);
    file.put(ascii("RIFF")).putInt(file.capacity() - 8).put(ascii("WEBPVP8X")).putInt(10);
    file.putInt(8).putShort((short) (width - 1)).put((byte) 0);
    file.putShort((short) (height - 1)).put((byte) 0).put(webp, 12, webp.length - 12);
    return file.put(ascii("EXIF")).putInt(exif.length).put(exif).array();
  }

  /** Uncompressed colours with an orientation. */
  static byte[] tiffWithOrientation(BufferedImage image, int orientation, ByteOrder order) {
    int width = image.getWidth();
    int height = image.getHeight();
    int size = 3 * width * height;
    int directory = 16 + size + size % 2;
    ByteBuffer file = ByteBuffer.allocate(directory + 2 + 10 * 12 + 4).order(order);
    file.put(ascii(order == ByteOrder.BIG_ENDIAN ? "MM" : "II")).putShort((short) 42);
    file.putInt(directory).putShort((short) 8).putShort((short) 8).putShort((short) 8);
    file.position(16);
    for (int i = 0; i < width * height; i++) {
      int rgb = image.getRGB(i % width, i / width);
      file.put((byte) (rgb >> 16)).put((byte) (rgb >> 8)).put((byte) rgb);
    }
    file.position(directory).putShort((short) 10);
    entry(file, 256, 4, 1, width);
    entry(file, 257, 4, 1, height);
    entry(file, 258, 3, 3, 8);
    entry(file, 259, 3, 1, 1);
    entry(file, 262, 3, 1, 2);
    entry(file, 273, 4, 1, 16);
    entry(file, 274, 3, 1, orientation);
    entry(file, 277, 3, 1, 3);
    entry(file, 278, 4, 1, height);
    entry(file, 279, 4, 1, size);
    return file.putInt(0).array();
  }

  private static void entry(ByteBuffer file, int tag, int type, int count, int value) {
    file.putShort((short) tag).putShort((short) type).putInt(count);
    if (type == 3 && count == 1) {
      file.putShort((short) value).putShort((short) 0);
    } else {
      file.putInt(value);
    }
  }

  /** An icon of one picture, kept as PNG. */
  static byte[] icon(byte[] png, int width, int height) {
    ByteBuffer file = ByteBuffer.allocate(22 + png.length).order(ByteOrder.LITTLE_ENDIAN);
    file.putInt(0x10000)
        .putShort((short) 1)
        .put((byte) width)
        .put((byte) height)
        .putShort((short) 0);
    return file.putShort((short) 1)
        .putShort((short) 32)
        .putInt(png.length)
        .putInt(22)
        .put(png)
        .array();
  }

  /** A Photoshop file without layers, RGB, not compressed. */
  static byte[] psd(BufferedImage image) {
    int pixels = image.getWidth() * image.getHeight();
    ByteBuffer file = ByteBuffer.allocate(26 + 12 + 2 + 3 * pixels);
    file.put(ascii("8BPS")).putShort((short) 1).position(12);
    file.putShort((short) 3).putInt(image.getHeight()).putInt(image.getWidth());
    file.putShort((short) 8).putShort((short) 3).position(26 + 12 + 2);
    for (int shift = 16; shift >= 0; shift -= 8) {
      for (int i = 0; i < pixels; i++) {
        file.put((byte) (image.getRGB(i % image.getWidth(), i / image.getWidth()) >> shift));
      }
    }
    return file.array();
  }

  static byte[] without(byte[] file, int lastBytes) {
    return Arrays.copyOf(file, file.length - lastBytes);
  }

  private static byte[] inserted(byte[] file, int at, byte[] more) {
    return ByteBuffer.allocate(file.length + more.length)
        .put(file, 0, at)
        .put(more)
        .put(file, at, file.length - at)
        .array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
