package io.twinstream.catalog.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file so that readers see the old one or the new one, never a half. */
final class ReplacedFile {
  private ReplacedFile() {}

  /** What writes the content, in UTF-8. */
  @FunctionalInterface
  interface Content {
    void write(Writer out) throws IOException;
  }

  static void write(Path file, Content content) throws IOException {
    try {
      replace(file.toAbsolutePath(), content);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(e.getFile() + " is in the way, which is no folder", e);
    } catch (AccessDeniedException e) {
      throw new IOException("access to %s is denied".formatted(e.getFile()), e);
    }
  }

  private static void replace(Path whole, Content content) throws IOException {
    if (Files.isDirectory(whole)) {
      throw new IOException(whole + " is a folder");
    }
    Files.createDirectories(whole.getParent());
    Path draft = whole.resolveSibling("." + whole.getFileName() + ".part");
    try {
      try (BufferedWriter out = Files.newBufferedWriter(draft, UTF_8)) {
        content.write(out);
      }
      Files.move(draft, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
