package io.twinstream.picture;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;

/** Files of every format and variant, broken in a way that a seed decides. */
final class BentFiles {
  private static final int PNG_SIGNATURE = 8;
  private static final int[] TELLING = {0, 1, 2, 3, 0x10, 0x7F, 0x80, 0xC0, 0xD9, 0xFE, 0xFF};

  private final List<byte[]> files;

  BentFiles(int width, int height) {
    BufferedImage scene = Painting.scene(1, width, height);
    BufferedImage fading = Painting.fading(scene);
    byte[] exif = PictureFile.exif(6, ByteOrder.BIG_ENDIAN);
    this.files =
        List.of(
            PictureFile.jpegWithExif(PictureFile.of(scene, "jpeg"), exif),
            PictureFile.progressiveJpeg(scene),
            PictureFile.of(Painting.grey(scene), "jpeg"),
            PictureFile.jpegOfFourBands(Painting.samples(fading, 4, 8)),
            PictureFile.pngWithChunk(PictureFile.of(scene, "png"), "eXIf", exif),
            PictureFile.interlaced(fading, "png"),
            PictureFile.of(Painting.samples(fading, 4, 16), "png"),
            PictureFile.of(Painting.samples(fading, 2, 8), "png"),
            PictureFile.of(Painting.palette(scene), "png"),
            PictureFile.of(Painting.palette(scene), "gif"),
            PictureFile.of(scene, "gif"),
            PictureFile.of(scene, "bmp"),
            PictureFile.openCv(fading, ".bmp"),
            PictureFile.of(Painting.palette(scene), "png"),
            PictureFile.of(scene, "tiff"),
            PictureFile.of(fading, "tiff"),
            PictureFile.openCv(scene, ".tiff"),
            PictureFile.tiffWithOrientation(scene, 6, ByteOrder.BIG_ENDIAN),
            PictureFile.webpWithExif(PictureFile.losslessWebp(scene), width, height, exif),
            PictureFile.losslessWebp(fading),
            PictureFile.openCv(scene, ".webp"),
            PictureFile.openCv(fading, ".webp"),
            PictureFile.icon(PictureFile.of(fading, "png"), width, height),
            PictureFile.psd(scene));
  }

  /** The files as they were before anybody bent them. */
  List<byte[]> whole() {
    return files;
  }

  /** Always the same file for the same seed. */
  byte[] bent(long seed) {
    Random random = new Random(seed);
    byte[] file = files.get(random.nextInt(files.size())).clone();
    for (int i = random.nextInt(5); i >= 0; i--) {
      file = bentOnce(file, random);
    }
    if (random.nextBoolean() && file.length > PNG_SIGNATURE && file[1] == 'P') {
      repairCheckSums(file);
    }
    return file;
  }

  private byte[] bentOnce(byte[] file, Random random) {
    // Headers are near the start; directories and metadata may be anywhere.
    int reach = Math.max(1, random.nextBoolean() ? Math.min(file.length, 80) : file.length);
    int at = random.nextInt(reach);
    int length = 1 + random.nextInt(40);
    switch (random.nextInt(7)) {
      case 0 -> file[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> file[at] = (byte) TELLING[random.nextInt(TELLING.length)];
      case 2 -> Arrays.fill(file, at, Math.min(file.length, at + length), (byte) random.nextInt());
      case 3 -> {
        if (at + 4 <= file.length) {
          int value = random.nextBoolean() ? random.nextInt() : 1 << random.nextInt(32);
          ByteBuffer.wrap(file).putInt(at, value);
        }
      }
      case 4 -> {
        return Arrays.copyOf(file, Math.max(12, at));
      }
      case 5 -> {
        byte[] shorter = Arrays.copyOf(file, Math.max(12, file.length - length));
        int from = Math.min(file.length, at + length);
        int kept = Math.clamp(shorter.length - (long) at, 0, file.length - from);
        System.arraycopy(file, from, shorter, Math.min(at, shorter.length - kept), kept);
        return shorter;
      }
      default -> {
        byte[] other = files.get(random.nextInt(files.size()));
        int from = random.nextInt(other.length);
        int copied = Math.min(Math.min(length * 4, other.length - from), file.length - at);
        System.arraycopy(other, from, file, at, copied);
      }
    }
    return file;
  }

  /** Else libpng would look at nothing. */
  private static void repairCheckSums(byte[] png) {
    ByteBuffer bytes = ByteBuffer.wrap(png);
    int at = PNG_SIGNATURE;
    while (at + 12 <= png.length) {
      long length = bytes.getInt(at) & 0xFFFFFFFFL;
      if (at + 12 + length > png.length) {
        return;
      }
      CRC32 check = new CRC32();
      check.update(png, at + 4, 4 + (int) length);
      bytes.putInt(at + 8 + (int) length, (int) check.getValue());
      at += 12 + (int) length;
    }
  }
}
