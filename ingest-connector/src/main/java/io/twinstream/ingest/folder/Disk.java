package io.twinstream.ingest.folder;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.twinstream.schema.ImageFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All that a walk asks of the file system. Links are never followed. */
class Disk {
  /**
   * Names that Java can't decode may look alike; the file system's own order then parts them. Texts
   * are compared where they are, since a folder of a million names asks twenty million times.
   */
  private static final Comparator<Path> BY_CODE_POINTS =
      Comparator.comparing(Path::toString, Disk::byCodePoints)
          .thenComparing(Comparator.naturalOrder());

  /** As their UTF-8 sorts, on every system. */
  static int byCodePoints(String one, String other) {
    int both = Math.min(one.length(), other.length());
    for (int i = 0; i < both; i++) {
      char c = one.charAt(i);
      char d = other.charAt(i);
      if (c != d) {
        // Surrogates stand for code points that are higher than all others.
        return Character.isSurrogate(c) == Character.isSurrogate(d)
            ? Character.compare(c, d)
            : Boolean.compare(Character.isSurrogate(c), Character.isSurrogate(d));
      }
    }
    return Integer.compare(one.length(), other.length());
  }

  /** The names in a folder, in the order of their code points. */
  List<Path> names(Path folder) throws IOException {
    List<Path> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(entry -> names.add(entry.getFileName()));
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    names.sort(BY_CODE_POINTS);
    return names;
  }

  BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
  }

  /** As much of a file's start as tells its format. */
  byte[] head(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file, NOFOLLOW_LINKS)) {
      return in.readNBytes(ImageFormat.HEAD_BYTES);
    }
  }
}
