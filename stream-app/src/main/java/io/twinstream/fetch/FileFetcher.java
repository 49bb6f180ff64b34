package io.twinstream.fetch;

import io.twinstream.fetch.FetchOutcome.Failed;
import io.twinstream.fetch.FetchOutcome.Fetched;
import io.twinstream.schema.FailureReason;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Reads files under allowed folders. Thread-safe. */
public final class FileFetcher implements Fetcher {
  private final List<Path> roots;
  private final long maxBytes;

  /**
   * For files within the given folders.
   *
   * @param roots folders; links in them are resolved when a file is read
   * @param maxBytes larger files are refused
   */
  public FileFetcher(List<Path> roots, long maxBytes) {
    this.roots = List.copyOf(roots);
    this.maxBytes = maxBytes;
  }

  @Override
  public FetchOutcome fetch(String source) {
    Path path;
    try {
      path = Path.of(new URI(source));
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Failed.permanently(
          FailureReason.INVALID_SOURCE, "not the address of a local file: " + e.getMessage());
    }
    try {
      Path real = path.toRealPath();
      if (!isAllowed(real)) {
        return Failed.permanently(
            FailureReason.FORBIDDEN_PATH,
            real + " is outside the folders that may be read (--root adds one)");
      }
      // Opening a pipe or a device would wait for ever.
      if (!Files.isRegularFile(real)) {
        return Failed.permanently(FailureReason.FORBIDDEN_PATH, real + " is no regular file");
      }
      return read(real);
    } catch (NoSuchFileException e) {
      return Failed.permanently(FailureReason.NOT_FOUND, "there is no file " + path);
    } catch (AccessDeniedException e) {
      return Failed.permanently(FailureReason.ACCESS_DENIED, "no permission to read " + path);
    } catch (IOException e) {
      return Failed.transiently(
          FailureReason.CONNECTION_FAILED, "can't read %s: %s".formatted(path, e.getMessage()));
    }
  }

  private boolean isAllowed(Path real) throws IOException {
    for (Path root : roots) {
      if (Files.exists(root) && real.startsWith(root.toRealPath())) {
        return true;
      }
    }
    return false;
  }

  private FetchOutcome read(Path file) throws IOException {
    long size = Files.size(file);
    if (size > maxBytes) {
      return tooLarge();
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes((int) maxBytes);
      // It may have grown since its size was asked.
      return in.read() < 0 ? new Fetched(bytes) : tooLarge();
    }
  }

  private Failed tooLarge() {
    return Failed.permanently(
        FailureReason.TOO_LARGE,
        String.format(Locale.ROOT, "the file has more than %,d bytes", maxBytes));
  }
}
