package io.twinstream.benchmark;

import io.twinstream.picture.BufferedLuma;
import io.twinstream.picture.GreyPicture;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Pictures to measure with: painted ones, always the same, or those of a folder that {@code
 * -Dtwinstream.images=FOLDER} names.
 */
final class Album {
  private static final int PAINTED = 40;
  private static final int FROM_FOLDER = 100;
  private static final int WAVES = 24;

  private Album() {}

  /** Some decoded pictures; painted ones have the size, those of a folder have their own. */
  static List<GreyPicture> grey(int width, int height) {
    String folder = System.getProperty("twinstream.images", "");
    if (!folder.isEmpty()) {
      return decoded(Path.of(folder));
    }
    List<GreyPicture> pictures = new ArrayList<>();
    for (int seed = 0; seed < PAINTED; seed++) {
      pictures.add(painted(seed, width, height));
    }
    return pictures;
  }

  /** The picture as a decoder of the JDK gives it. */
  static BufferedImage buffered(GreyPicture picture) {
    BufferedImage image =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < picture.luma().length; i++) {
      int grey = picture.luma()[i] & 0xFF;
      image.setRGB(i % picture.width(), i / picture.width(), 0x010101 * grey);
    }
    return image;
  }

  private static List<GreyPicture> decoded(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<GreyPicture> pictures = new ArrayList<>();
      for (Path file : files.filter(Files::isRegularFile).sorted().limit(FROM_FOLDER).toList()) {
        BufferedImage image = ImageIO.read(file.toFile());
        if (image == null) {
          throw new IllegalArgumentException(file + " is no picture that can be read");
        }
        pictures.add(BufferedLuma.of(image));
      }
      return pictures;
    } catch (IOException e) {
      throw new UncheckedIOException("the pictures of " + folder + " can't be read", e);
    }
  }

  /** Light and shade of all sizes, the larger the stronger as in photographs, and some grain. */
  private static GreyPicture painted(long seed, int width, int height) {
    Random random = new Random(seed);
    double[] across = new double[WAVES];
    double[] down = new double[WAVES];
    double[] phase = new double[WAVES];
    double[] strength = new double[WAVES];
    for (int i = 0; i < WAVES; i++) {
      double frequency = 1 + 20 * random.nextDouble() * random.nextDouble();
      double direction = 2 * Math.PI * random.nextDouble();
      across[i] = 2 * Math.PI * frequency * Math.cos(direction) / width;
      down[i] = 2 * Math.PI * frequency * Math.sin(direction) / height;
      phase[i] = 2 * Math.PI * random.nextDouble();
      strength[i] = 80 / frequency;
    }
    byte[] luma = new byte[width * height];
    for (int i = 0; i < luma.length; i++) {
      int x = i % width;
      int y = i / width;
      double value = 128 + 3 * random.nextGaussian();
      for (int k = 0; k < WAVES; k++) {
        value += strength[k] * Math.sin(across[k] * x + down[k] * y + phase[k]);
      }
      luma[i] = (byte) (int) Math.clamp(value, 0, 255);
    }
    return new GreyPicture(width, height, luma);
  }
}
