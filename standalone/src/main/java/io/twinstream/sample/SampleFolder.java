package io.twinstream.sample;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder that a sample goes to. Nothing in it is ever overwritten or deleted. */
final class SampleFolder {
  private final Path root;

  private SampleFolder(Path root) {
    this.root = root;
  }

  /**
   * A folder with nothing in it, made if need be.
   *
   * @throws IOException if it holds something or can't be written to; the message is for a person
   */
  static SampleFolder empty(Path dir) throws IOException {
    if (Files.exists(dir) && !Files.isDirectory(dir)) {
      throw new IOException("%s is a file; name a folder for the sample".formatted(dir));
    }
    try {
      Files.createDirectories(dir);
    } catch (IOException e) {
      throw new IOException("can't make the folder %s: %s".formatted(dir, e), e);
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(dir)) {
      if (entries.iterator().hasNext()) {
        throw new IOException(
            "%s is not empty; name a new or an empty folder for the sample".formatted(dir));
      }
    }
    if (!Files.isWritable(dir)) {
      throw new IOException("no permission to write to the folder %s".formatted(dir));
    }
    return new SampleFolder(dir);
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
