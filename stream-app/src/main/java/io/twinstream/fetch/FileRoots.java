package io.twinstream.fetch;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
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
   * @throws ForbiddenPathException if it lies in none of the folders, or is no regular file. Of
   *     what lies elsewhere it doesn't say whether it is there
   */
  OpenFile open(Path path) throws IOException {
    Path real = judged(path);
    Path root = rootOf(real).orElseThrow(FileRoots::outside);
    if (root.equals(real)) {
      throw noRegularFile();
    }
    betweenJudgingAndOpening.run();
    SeekableByteChannel channel = openBelow(root, root.relativize(real));
    return new OpenFile(channel, channel.size());
  }

  /**
   * Where a path leads.
   *
   * @throws ForbiddenPathException if it lies in none of the folders, or leads out of them
   */
  Path judged(Path path) throws IOException {
    if (!isBelowARootAsWritten(path.normalize())) {
      throw outside();
    }
    try {
      Path real = path.toRealPath();
      if (rootOf(real).isEmpty()) {
        throw outside();
      }
      return real;
    } catch (NoSuchFileException | AccessDeniedException e) {
      judgeMissing(path);
      throw e;
    }
  }

  private boolean isBelowARootAsWritten(Path path) throws IOException {
    for (Path root : roots) {
      if (path.startsWith(root.toAbsolutePath().normalize())) {
        return true;
      }
    }
    return rootOf(path).isPresent();
  }

  /** Whoever asks must not learn by a link what is there and what is not. */
  private void judgeMissing(Path path) throws IOException {
    Path at = path;
    while (!Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
      at = at.getParent();
    }
    if (Files.isSymbolicLink(at)) {
      judgeMissing(at.resolveSibling(Files.readSymbolicLink(at)));
    } else if (rootOf(at.toRealPath()).isEmpty()) {
      throw outside();
    }
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
          ? descend(secure, relative)
          : openThenJudge(root.resolve(relative));
    }
  }

  private static SeekableByteChannel descend(SecureDirectoryStream<Path> folder, Path relative)
      throws IOException {
    Path name = relative.getName(0);
    BasicFileAttributes attributes = attributes(folder, name);
    if (relative.getNameCount() == 1) {
      return openFile(folder, name, attributes);
    }
    if (!attributes.isDirectory()) {
      throw changed();
    }
    try (SecureDirectoryStream<Path> next = openFolder(folder, name)) {
      return descend(next, relative.subpath(1, relative.getNameCount()));
    }
  }

  private static BasicFileAttributes attributes(SecureDirectoryStream<Path> folder, Path name)
      throws IOException {
    return folder
        .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes();
  }

  private static SecureDirectoryStream<Path> openFolder(
      SecureDirectoryStream<Path> folder, Path name) throws IOException {
    try {
      return folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
    } catch (FileSystemException e) {
      // Of a link, opening says no more than that there are too many of them.
      throw attributes(folder, name).isDirectory() ? e : changed();
    }
  }

  private static SeekableByteChannel openFile(
      SecureDirectoryStream<Path> folder, Path name, BasicFileAttributes attributes)
      throws IOException {
    // Opening a pipe or a device would wait for ever.
    if (!attributes.isRegularFile()) {
      throw noRegularFile();
    }
    try {
      return folder.newByteChannel(name, READ);
    } catch (FileSystemException e) {
      throw attributes(folder, name).isRegularFile() ? e : changed();
    }
  }

  private static SeekableByteChannel openThenJudge(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw noRegularFile();
    }
    SeekableByteChannel channel = Files.newByteChannel(file, READ);
    if (!file.toRealPath().equals(file)) {
      channel.close();
      throw changed();
    }
    return channel;
  }

  private static ForbiddenPathException outside() {
    return new ForbiddenPathException("is outside the folders that may be read (--root adds one)");
  }

  private static ForbiddenPathException noRegularFile() {
    return new ForbiddenPathException("is no regular file");
  }

  private static ForbiddenPathException changed() {
    return new ForbiddenPathException("became another file while it was opened");
  }
}
