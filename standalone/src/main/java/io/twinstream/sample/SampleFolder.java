package io.twinstream.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder that a sample goes to. Nothing in it is ever overwritten or deleted but the files of
 * the same sample, when it was interrupted.
 */
final class SampleFolder {
  /** Holds the seed from before the first file is written until after the last. */
  private static final String UNFINISHED = ".unfinished-sample";

  private final Path root;

  private SampleFolder(Path root) {
    this.root = root;
  }

  /**
   * A folder with nothing in it, made if need be, or with the unfinished sample of the same seed.
   *
   * @throws IOException if it holds anything else or can't be written to; the message is for a
   *     person
   */
  static SampleFolder open(Path dir, long seed) throws IOException {
    if (Files.exists(dir) && !Files.isDirectory(dir)) {
      throw new IOException("%s is a file; name a folder for the sample".formatted(dir));
    }
    try {
      Files.createDirectories(dir);
    } catch (IOException e) {
      throw new IOException("can't make the folder %s: %s".formatted(dir, e), e);
    }
    Path unfinished = dir.resolve(UNFINISHED);
    if (Files.exists(unfinished)) {
      String begun = Files.readString(unfinished);
      if (!begun.equals(Long.toString(seed))) {
        throw new IOException(
            "%s holds an unfinished sample of seed %s; finish that one, or name another folder"
                .formatted(dir, begun));
      }
    } else if (!isEmpty(dir)) {
      throw new IOException(
          "%s is not empty; name a new or an empty folder for the sample".formatted(dir));
    }
    if (!Files.isWritable(dir)) {
      throw new IOException("no permission to write to the folder %s".formatted(dir));
    }
    SampleFolder folder = new SampleFolder(dir);
    folder.write(UNFINISHED, Long.toString(seed).getBytes(UTF_8));
    return folder;
  }

  private static boolean isEmpty(Path dir) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(dir)) {
      return !entries.iterator().hasNext();
    }
  }

  /** All files are written. */
  void finish() throws IOException {
    Files.delete(root.resolve(UNFINISHED));
  }

  /** Writes a file at a path relative to the folder. */
  Path write(String path, byte[] bytes) throws IOException {
    Path file = root.resolve(path);
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new IOException(
          "can't write %s, so the sample in %s is incomplete: %s"
              .formatted(file, root, e.getMessage()),
          e);
    }
  }
}
