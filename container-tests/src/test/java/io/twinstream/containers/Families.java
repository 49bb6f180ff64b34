package io.twinstream.containers;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/** Pictures that are nothing like each other, each saved several times at different qualities. */
final class Families {
  private static final int WIDTH = 1200;
  private static final int HEIGHT = 900;
  private static final int BLOCKS = 12;

  private Families() {}

  /** Paints them as {@code FAMILY-MEMBER.jpg}, for every user to read. */
  static void paint(Path folder, int families, int members) {
    open(folder);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    for (int family = 0; family < families; family++) {
      BufferedImage picture = picture(new SplittableRandom(family));
      for (int member = 0; member < members; member++) {
        write(writer, picture, 0.9f - 0.2f * member, folder.resolve(name(family, member)));
      }
    }
    writer.dispose();
  }

  /** The names of the files: first one of each family, then a second of each, and so on. */
  static List<String> names(int families, int members) {
    return IntStream.range(0, members)
        .boxed()
        .flatMap(member -> IntStream.range(0, families).mapToObj(family -> name(family, member)))
        .toList();
  }

  /** Which family a file is of. */
  static String of(String name) {
    return name.substring(0, name.indexOf('-'));
  }

  /** A temporary folder is its owner's alone, and who reads in a container is somebody else. */
  static void open(Path folder) {
    try {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(int family, int member) {
    return family + "-" + member + ".jpg";
  }

  private static BufferedImage picture(SplittableRandom random) {
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    for (int row = 0; row < BLOCKS; row++) {
      for (int column = 0; column < BLOCKS; column++) {
        graphics.setColor(new Color(random.nextInt(0x1000000)));
        graphics.fillRect(
            column * WIDTH / BLOCKS, row * HEIGHT / BLOCKS, WIDTH / BLOCKS, HEIGHT / BLOCKS);
      }
    }
    graphics.dispose();
    return picture;
  }

  private static void write(ImageWriter writer, BufferedImage picture, float quality, Path file) {
    ImageWriteParam settings = writer.getDefaultWriteParam();
    settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    settings.setCompressionQuality(quality);
    try (OutputStream out = Files.newOutputStream(file);
        var stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(picture, null, null), settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
