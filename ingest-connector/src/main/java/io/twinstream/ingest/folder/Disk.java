package io.twinstream.ingest.folder;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** All that a walk asks of the file system. Links are never followed. */
class Disk {
  /**
   * UTF-8 sorts as its code points do, on every system. Names that Java can't decode may look
   * alike; the file system's own order then parts them.
   */
  private static final Comparator<Path> BY_CODE_POINTS =
      Comparator.comparing((Path name) -> name.toString().getBytes(UTF_8), Arrays::compareUnsigned)
          .thenComparing(Comparator.naturalOrder());

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
