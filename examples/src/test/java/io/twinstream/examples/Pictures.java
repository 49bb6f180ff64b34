package io.twinstream.examples;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** A folder of painted pictures: those of one seed are alike, whatever their format. */
public record Pictures(Path folder) {
  private static final int SIDE = 256;

  /** Paints a picture; the format is the end of its name. */
  public String paint(String name, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    for (int i = 0; i < 50; i++) {
      int x = random.nextInt(-40, SIDE);
      int y = random.nextInt(-40, SIDE);
      int size = random.nextInt(30, 120);
      graphics.setPaint(
          new GradientPaint(
              x, y, new Color(random.nextInt()), x + size, y, new Color(random.nextInt())));
      graphics.fillOval(x, y, size, size);
    }
    graphics.dispose();
    ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file(name).toFile());
    return name;
  }

  /** Where a picture lies. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** What an event calls its place. */
  public String address(String name) {
    return file(name).toUri().toString();
  }

  /** Every file below a folder, with its time and its content. */
  public static SortedMap<String, String> contentOf(Path folder) throws IOException {
    SortedMap<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        content.put(
            folder.relativize(file).toString(),
            Files.getLastModifiedTime(file)
                + " "
                + HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
    }
    return content;
  }
}
