package io.twinstream.benchmark;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** JPEG files to decode: those of a folder, or painted ones, the same in every run. */
final class JpegFiles {
  private static final float QUALITY = 0.9f;

  private JpegFiles() {}

  /**
   * Files of a size: {@code web} for those of the folder, or one of about 470 × 400 pixels, {@code
   * 12mp} for one of 12 megapixels, {@code 12mp-progressive} for one that is that, too.
   */
  static List<byte[]> sized(String size) throws IOException {
    if (!size.equals("web")) {
      return List.of(painted(1, 4000, 3000, size.endsWith("progressive")));
    }
    List<byte[]> files = ofFolder();
    return files.isEmpty() ? List.of(painted(1, 470, 400, false)) : files;
  }

  /** Every JPEG file of the folder that {@code -Dtwinstream.images} names, else nothing. */
  private static List<byte[]> ofFolder() throws IOException {
    String folder = System.getProperty("twinstream.images");
    List<byte[]> files = new ArrayList<>();
    if (folder != null) {
      try (Stream<Path> paths = Files.list(Path.of(folder))) {
        for (Path path : paths.sorted().toList()) {
          files.add(Files.readAllBytes(path));
        }
      }
    }
    return files;
  }

  /** With light, shapes and grain, so that it has about as many bytes a pixel as a photograph. */
  static byte[] painted(long seed, int width, int height, boolean progressive) throws IOException {
    Random random = new Random(seed);
    float[][] waves = new float[24][];
    for (int i = 0; i < waves.length; i++) {
      float length = (float) Math.pow(2, 2 + i / 3.0);
      double angle = random.nextDouble() * 2 * Math.PI;
      waves[i] =
          new float[] {
            (float) (Math.cos(angle) * 6.28 / length),
            (float) (Math.sin(angle) * 6.28 / length),
            (float) (Math.sqrt(length) * 1.8),
            random.nextFloat(),
            random.nextFloat()
          };
    }
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double light = 128 + 9 * random.nextGaussian();
        double tint = 0;
        for (float[] wave : waves) {
          double value = Math.sin(wave[0] * x + wave[1] * y + 6.28 * wave[3]) * wave[2];
          light += value;
          tint += value * (wave[4] - 0.5);
        }
        int red = Math.clamp(Math.round(light + tint), 0, 255);
        int green = Math.clamp(Math.round(light), 0, 255);
        int blue = Math.clamp(Math.round(light - tint), 0, 255);
        image.setRGB(x, y, (red << 16) | (green << 8) | blue);
      }
    }
    return written(image, progressive);
  }

  private static byte[] written(BufferedImage image, boolean progressive) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(QUALITY);
      if (progressive) {
        param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      }
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return file.toByteArray();
  }
}
