package io.twinstream.edit;

import io.twinstream.picture.ColourPicture;
import io.twinstream.picture.WebpEncoder;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** How a picture is stored. */
public sealed interface Encoding {
  /** What the names of such files end in, and ImageIO's name of the format. */
  String suffix();

  /**
   * With loss.
   *
   * @param quality 1 to 100
   */
  record Jpeg(int quality) implements Encoding {
    @Override
    public String suffix() {
      return "jpg";
    }
  }

  /**
   * With loss. ImageIO can't write it, OpenCV can.
   *
   * @param quality 1 to 100
   */
  record Webp(int quality) implements Encoding {
    @Override
    public String suffix() {
      return "webp";
    }
  }

  /** One of the formats that have nothing to choose. */
  record Plain(String suffix) implements Encoding {}

  /** The bytes of the file. */
  default byte[] encode(BufferedImage image) {
    if (this instanceof Webp(int quality)) {
      return WebpEncoder.encode(colours(image), quality);
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName(suffix()).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 17);
    // In memory: ImageIO's own choice is a temporary file for each picture.
    try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      switch (this) {
        case Jpeg(int quality) -> {
          param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
          param.setCompressionQuality(quality / 100f);
        }
        case Plain _, Webp _ -> {}
      }
      writer.setOutput(output);
      writer.write(null, new IIOImage(image, null, null), param);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can't be written to", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static ColourPicture colours(BufferedImage image) {
    BufferedImage bgr =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = bgr.createGraphics();
    graphics.drawImage(image, 0, 0, null);
    graphics.dispose();
    byte[] values = ((DataBufferByte) bgr.getRaster().getDataBuffer()).getData();
    return new ColourPicture(image.getWidth(), image.getHeight(), values);
  }

  /** The picture in a file that {@link #encode} made. */
  static BufferedImage decode(byte[] file) {
    try {
      // Closes it.
      return ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(file)));
    } catch (IOException e) {
      throw new UncheckedIOException("a picture just encoded can't be decoded", e);
    }
  }
}
