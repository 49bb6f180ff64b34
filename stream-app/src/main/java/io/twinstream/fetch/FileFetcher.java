package io.twinstream.fetch;

import io.twinstream.fetch.FetchOutcome.Failed;
import io.twinstream.fetch.FetchOutcome.Fetched;
import io.twinstream.schema.FailureReason;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads files under allowed folders. Thread-safe. */
public final class FileFetcher implements Fetcher {
  /** What is read at a time: as much again is taken outside of the heap. */
  private static final int STEP_BYTES = 1 << 16;

  private final FileRoots roots;
  private final int maxBytes;

  /**
   * For files within the given folders.
   *
   * @param roots folders; links in them are followed as long as they lead to one of them
   * @param maxBytes larger files are refused; below 2 GB
   */
  public FileFetcher(List<Path> roots, long maxBytes) {
    this.roots = new FileRoots(roots);
    this.maxBytes = Math.toIntExact(maxBytes);
  }

  @Override
  public FetchOutcome fetch(FetchRequest request) throws InterruptedException {
    return open(
        request.address(), file -> read(file.channel(), (int) file.size(), request.memory()));
  }

  /**
   * Why a file would not be read, by all that can be said without reading it; empty if it would.
   */
  public Optional<Failed> judge(String address) throws InterruptedException {
    return open(address, _ -> new Fetched(new byte[0])) instanceof Failed failed
        ? Optional.of(failed)
        : Optional.empty();
  }

  private interface Use {
    FetchOutcome of(FileRoots.OpenFile file) throws IOException, InterruptedException;
  }

  private FetchOutcome open(String address, Use use) throws InterruptedException {
    Path path;
    try {
      path = Path.of(new URI(address));
    } catch (URISyntaxException | IllegalArgumentException e) {
      return new Failed(
          FailureReason.INVALID_SOURCE, "not the address of a local file: " + e.getMessage());
    }
    try (FileRoots.OpenFile file = roots.open(path)) {
      return file.size() > maxBytes ? tooLarge() : use.of(file);
    } catch (ForbiddenPathException e) {
      return new Failed(FailureReason.FORBIDDEN_PATH, path + " " + e.getMessage());
    } catch (NoSuchFileException e) {
      return new Failed(FailureReason.NOT_FOUND, "there is no file " + path);
    } catch (AccessDeniedException e) {
      return new Failed(FailureReason.ACCESS_DENIED, "no permission to read " + path);
    } catch (IOException e) {
      return new Failed(
          FailureReason.CONNECTION_FAILED, "can't read %s: %s".formatted(path, why(e)));
    }
  }

  /** Without the path that it leads to. */
  private static String why(IOException e) {
    return e instanceof FileSystemException file && file.getReason() != null
        ? file.getReason()
        : e.getClass().getSimpleName();
  }

  private FetchOutcome read(ReadableByteChannel file, int size, MemoryBudget.Lease memory)
      throws IOException, InterruptedException {
    memory.grow(size);
    ByteBuffer bytes = ByteBuffer.allocate(size);
    while (bytes.hasRemaining()) {
      bytes.limit(Math.min(size, bytes.position() + STEP_BYTES));
      if (file.read(bytes) < 0) {
        // It was cut meanwhile.
        return new Fetched(Arrays.copyOf(bytes.array(), bytes.position()));
      }
      bytes.limit(size);
    }
    boolean hasGrown = file.read(ByteBuffer.allocate(1)) > 0;
    return hasGrown
        ? new Failed(FailureReason.CONNECTION_FAILED, "the file grew while it was read")
        : new Fetched(bytes.array());
  }

  private Failed tooLarge() {
    return new Failed(
        FailureReason.TOO_LARGE,
        String.format(Locale.ROOT, "the file has more than %,d bytes", maxBytes));
  }
}
