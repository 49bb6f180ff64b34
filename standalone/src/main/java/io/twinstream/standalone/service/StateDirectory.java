package io.twinstream.standalone.service;

import io.twinstream.standalone.engine.BrokenException;
import io.twinstream.standalone.engine.RefusedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Where an instance of the topology keeps its stores and its identity: an instance that comes back
 * with its directory is known again at once (KIP-345). Locked while it is open; confined to one
 * thread.
 */
public final class StateDirectory implements AutoCloseable {
  private static final String IDENTITY = "instance-id";

  private final Path path;
  private final FileChannel lock;

  private StateDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Opens it, and makes it if it isn't there.
   *
   * @throws RefusedException if another instance has it open or it can't be written
   */
  public static StateDirectory open(Path path) {
    try {
      Files.createDirectories(path);
      FileChannel lock =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isOurs(lock)) {
        lock.close();
        throw new RefusedException(
            "%s is in use by another instance; give each a --state folder of its own"
                .formatted(path));
      }
      return new StateDirectory(path, lock);
    } catch (IOException e) {
      throw new RefusedException(
          "can't keep state in %s (%s); name another folder with --state".formatted(path, e));
    }
  }

  private static boolean isOurs(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // Another instance in this process.
      return false;
    }
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /** The name of the instance that this directory belongs to; made up at the first call. */
  public String instanceId() {
    Path file = path.resolve(IDENTITY);
    try {
      if (Files.exists(file)) {
        return Files.readString(file).strip();
      }
      String id = UUID.randomUUID().toString();
      Path draft = Files.writeString(path.resolve(IDENTITY + ".new"), id);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      return id;
    } catch (IOException e) {
      throw new BrokenException("can't read or write %s: %s".formatted(file, e), e);
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new BrokenException("can't unlock " + path, e);
    }
  }
}
