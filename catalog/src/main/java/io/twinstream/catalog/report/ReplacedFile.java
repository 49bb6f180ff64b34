package io.twinstream.catalog.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file so that readers see the old one or the new one, never a half. */
public final class ReplacedFile {
  private ReplacedFile() {}

  /** What writes the content. */
  @FunctionalInterface
  public interface Content<T> {
    /** Writes it; what it writes to is closed by others. */
    void write(T out) throws IOException;
  }

  /**
   * Writes text, in UTF-8. Folders that are missing are made.
   *
   * @throws IOException if it can't be written; the message names the file
   */
  public static void write(Path file, Content<Writer> content) throws IOException {
    writeBytes(
        file,
        bytes -> {
          try (Writer out = new OutputStreamWriter(bytes, UTF_8.newEncoder())) {
            content.write(out);
          }
        });
  }

  /**
   * Writes bytes; they are buffered here.
   *
   * @throws IOException if it can't be written, also where the content throws this unchecked; the
   *     message names the file
   */
  static void writeBytes(Path file, Content<OutputStream> content) throws IOException {
    try {
      replace(file.toAbsolutePath(), content);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(e.getFile() + " is in the way, which is no folder", e);
    } catch (AccessDeniedException e) {
      throw new IOException("access to %s is denied".formatted(e.getFile()), e);
    }
  }

  private static void replace(Path whole, Content<OutputStream> content) throws IOException {
    if (Files.isDirectory(whole)) {
      throw new IOException(whole + " is a folder");
    }
    Files.createDirectories(whole.getParent());
    Path draft = whole.resolveSibling("." + whole.getFileName() + ".part");
    try {
      write(draft, whole, content);
      Files.move(draft, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static void write(Path draft, Path whole, Content<OutputStream> content)
      throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(draft))) {
      content.write(out);
    } catch (FileSystemException e) {
      throw e;
    } catch (UncheckedIOException e) {
      throw new IOException("%s: %s".formatted(whole, e.getCause().getMessage()), e);
    } catch (IOException e) {
      // Of a disk that is full the system says this only.
      throw new IOException("%s: %s".formatted(whole, e.getMessage()), e);
    }
  }
}
