package io.twinstream.fetch;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Opens files that lie in one of some folders, whatever becomes of links meanwhile. Thread-safe.
 *
 * <p>A path is resolved and judged first. Then the file is opened by walking down from the folder,
 * one name after the other, each relative to the open folder before it, and none of them may be a
 * link (any more). So what is opened lies where it was judged to lie. Where the system can't open
 * relative to a folder, the path is judged once more after it was opened.
 */
final class FileRoots {
  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private final List<Path> roots;
  private final Runnable betweenJudgingAndOpening;

  FileRoots(List<Path> roots) {
    this(roots, () -> {});
  }

  /** Lets a test swap what was judged. */
  FileRoots(List<Path> roots, Runnable betweenJudgingAndOpening) {
    this.roots = List.copyOf(roots);
    this.betweenJudgingAndOpening = betweenJudgingAndOpening;
  }

  /**
   * An open file.
   *
   * @param size when it was opened
   */
  record OpenFile(SeekableByteChannel channel, long size) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /**
   * Opens a regular file to read it.
   *
   * @throws ForbiddenPathException if it lies in none of the folders, or is no regular file
   */
  OpenFile open(Path path) throws IOException {
    Path real = path.toRealPath();
    Optional<Path> root = rootOf(real);
    if (root.isEmpty()) {
      throw new ForbiddenPathException(
          real + " is outside the folders that may be read (--root adds one)");
    }
    if (root.get().equals(real)) {
      throw new ForbiddenPathException(real + " is no regular file");
    }
    betweenJudgingAndOpening.run();
    SeekableByteChannel channel = openBelow(root.get(), root.get().relativize(real));
    return new OpenFile(channel, channel.size());
  }

  private Optional<Path> rootOf(Path real) throws IOException {
    for (Path root : roots) {
      try {
        Path realRoot = root.toRealPath();
        if (real.startsWith(realRoot)) {
          return Optional.of(realRoot);
        }
      } catch (NoSuchFileException e) {
        // Allows nothing, and forbids nothing that another one allows.
      }
    }
    return Optional.empty();
  }

  private static SeekableByteChannel openBelow(Path root, Path relative) throws IOException {
    try (DirectoryStream<Path> folder = Files.newDirectoryStream(root)) {
      return folder instanceof SecureDirectoryStream<Path> secure
          ? descend(secure, root, relative)
          : openThenJudge(root.resolve(relative));
    }
  }

  private static SeekableByteChannel descend(
      SecureDirectoryStream<Path> folder, Path at, Path relative) throws IOException {
    Path name = relative.getName(0);
    Path file = at.resolve(name);
    BasicFileAttributes attributes =
        folder
            .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
            .readAttributes();
    if (relative.getNameCount() == 1) {
      return openFile(folder, file, attributes);
    }
    if (!attributes.isDirectory()) {
      throw changed(file);
    }
    try (SecureDirectoryStream<Path> next = openFolder(folder, file)) {
      return descend(next, file, relative.subpath(1, relative.getNameCount()));
    }
  }

  private static SecureDirectoryStream<Path> openFolder(
      SecureDirectoryStream<Path> folder, Path file) throws IOException {
    try {
      return folder.newDirectoryStream(file.getFileName(), LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (FileSystemException e) {
      throw readable(file, e);
    }
  }

  private static SeekableByteChannel openFile(
      SecureDirectoryStream<Path> folder, Path file, BasicFileAttributes attributes)
      throws IOException {
    // Opening a pipe or a device would wait for ever.
    if (!attributes.isRegularFile()) {
      throw new ForbiddenPathException(file + " is no regular file");
    }
    try {
      return folder.newByteChannel(file.getFileName(), READ);
    } catch (FileSystemException e) {
      throw readable(file, e);
    }
  }

  /** Of a link, opening says no more than that there are too many of them. */
  private static IOException readable(Path file, FileSystemException e) {
    return e.getClass() == FileSystemException.class ? changed(file) : e;
  }

  private static ForbiddenPathException changed(Path file) {
    return new ForbiddenPathException(file + " became another file while it was opened");
  }

  private static SeekableByteChannel openThenJudge(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new ForbiddenPathException(file + " is no regular file");
    }
    SeekableByteChannel channel = Files.newByteChannel(file, READ);
    if (!file.toRealPath().equals(file)) {
      channel.close();
      throw changed(file);
    }
    return channel;
  }
}
